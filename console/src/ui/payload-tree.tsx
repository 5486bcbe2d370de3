// JSON as a tree of native details: every digit and every control character is shown, all of it as text.
import type { ReactNode } from 'react';
import { isJsonArray, isJsonObject, jsonText, type JsonValue } from '../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../shared/domain/numbers/long-number.ts';
import { copyText } from './announce.tsx';
import { Button } from './button.tsx';
import styles from './payload-tree.module.css';
import { prettyJson } from './pretty-json.ts';
import { VisibleText } from './visible-text.tsx';

interface PayloadTreeProps {
  readonly value: JsonValue;
  readonly label: string;
  /** A control after a top-level member: filter by it, add it as a column. */
  readonly memberAction?: (key: string, value: JsonValue) => ReactNode;
}

export const PayloadTree = ({ value, label, memberAction }: PayloadTreeProps): ReactNode => (
  <div className={styles['tree']} role="group" aria-label={label}>
    <div className={styles['bar']}>
      <Button look="quiet" icon="copy" onClick={() => void copyText(prettyJson(value), label)}>
        Copy JSON
      </Button>
    </div>
    {isJsonObject(value) || isJsonArray(value) ? (
      <Members value={value} depth={0} {...(memberAction && { memberAction })} />
    ) : (
      <Leaf value={value} />
    )}
  </div>
);

const entriesOf = (value: JsonValue): readonly (readonly [string, JsonValue])[] =>
  isJsonArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];

const openDepth = 2;

interface MembersProps {
  readonly value: JsonValue;
  readonly depth: number;
  readonly memberAction?: (key: string, value: JsonValue) => ReactNode;
}

const Members = ({ value, depth, memberAction }: MembersProps): ReactNode => {
  const entries = entriesOf(value);
  if (entries.length === 0) return <span className={styles['empty']}>{isJsonArray(value) ? '[ ]' : '{ }'}</span>;
  return (
    <ul className={styles['members']}>
      {entries.map(([key, member]) => (
        <li key={key} className={styles['member']}>
          {(isJsonObject(member) || isJsonArray(member)) && entriesOf(member).length > 0 ? (
            <details open={depth < openDepth}>
              <summary>
                <span className={styles['key']}>
                  <VisibleText text={key} />
                </span>
                <span className={styles['count']}>
                  {isJsonArray(member) ? `[${String(member.length)}]` : `{${String(entriesOf(member).length)}}`}
                </span>
              </summary>
              <Members value={member} depth={depth + 1} />
            </details>
          ) : (
            <span className={styles['line']}>
              <span className={styles['key']}>
                <VisibleText text={key} />
              </span>
              <Leaf value={member} />
              {memberAction && <span className={styles['action']}>{memberAction(key, member)}</span>}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

const Leaf = ({ value }: { readonly value: JsonValue }): ReactNode => {
  if (typeof value === 'string')
    return (
      <span className={styles['string']}>
        “<VisibleText text={value} />”
      </span>
    );
  if (typeof value === 'number' || isLongNumber(value))
    return <span className={styles['number']}>{textOf(value)}</span>;
  return (
    <span className={styles['word']}>{isJsonArray(value) ? '[ ]' : isJsonObject(value) ? '{ }' : String(value)}</span>
  );
};

const textOf = (value: JsonValue): string => (isLongNumber(value) ? value.rawJSON : jsonText(value));
