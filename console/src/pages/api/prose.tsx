// Text of the description of the API: paragraphs, lists and code between backticks, and nothing else of Markdown.
import type { ReactNode } from 'react';

export const Inline = ({ text }: { readonly text: string }): ReactNode =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));

export const Prose = ({ text }: { readonly text: string }): ReactNode =>
  text
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block, index) =>
      block.startsWith('- ') ? (
        <ul key={index}>
          {block.split('\n').map((line, place) => (
            <li key={place}>
              <Inline text={line.replace(/^- /, '')} />
            </li>
          ))}
        </ul>
      ) : (
        <p key={index}>
          <Inline text={block} />
        </p>
      ),
    );
