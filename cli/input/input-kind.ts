// Recognises common inputs of `tollgate send` that are not NDJSON by how they begin, and says what to do about them.
import { parseJson } from '../../shared/domain/json-text.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { shellWord } from '../process/shell-word.ts';
import { commandMark } from '../process/text-width.ts';

interface Compression {
  readonly name: string;
  readonly magic: readonly number[];
  readonly unpack: string;
}

const compressions: readonly Compression[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], unpack: 'zcat' },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: 'zstdcat' },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], unpack: 'bzcat' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], unpack: 'xzcat' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], unpack: 'unzip -p' },
];
const utf16Marks = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

const beginsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** Returns the failure for a wrong kind of input; `command` converts it, "" if none is known. */
const wrongKind = (what: string, command: string): CliFailure =>
  new CliFailure(command === '' ? what : `${what}\n${commandMark}${command}`, exitCode.usage);

/** Checks the first bytes of the input; `name` is the name of the file, "FILE" if it has none. Throws CliFailure. */
export const checkBytes = (bytes: Uint8Array, name: string): void => {
  const packed = compressions.find(({ magic }) => beginsWith(bytes, magic));
  if (packed) {
    throw wrongKind(
      `The input is compressed (${packed.name}). Unpack it:`,
      `${packed.unpack} ${shellWord(name)} | tollgate send`,
    );
  }
  // In UTF-16, one of the two bytes of an ASCII character is 0.
  const isUtf16 =
    utf16Marks.some((mark) => beginsWith(bytes, mark)) || (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0));
  if (isUtf16) {
    throw wrongKind(
      'The input is UTF-16. Convert it to UTF-8:',
      `iconv -f UTF-16 -t UTF-8 ${shellWord(name)} | tollgate send`,
    );
  }
};

const separators = [',', ';', '\t', '|'];
/** Returns whether a line looks like the header or a row of a CSV file. */
const isHeader = (line: string): boolean =>
  !/[{}[\]]/.test(line) && separators.some((separator) => line.split(separator).length > 1);

const isJson = (text: string): boolean => {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
};

/** Checks the first line that is not blank. Throws CliFailure. */
export const checkFirstLine = (line: string, name: string): void => {
  const text = line.trim();
  if (text.startsWith('[')) {
    throw wrongKind(
      'The input is a JSON array; one object per line is needed:',
      `jq -c '.[]' ${shellWord(name)} | tollgate send`,
    );
  }
  // An object written on one line would end on this line.
  if (text === '{' || (/^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text) && /[,{[]$/.test(text))) {
    throw wrongKind(
      'The input is JSON over several lines; one object per line is needed:',
      `jq -c . ${shellWord(name)} | tollgate send`,
    );
  }
  if (text.startsWith('<')) {
    throw wrongKind('The input is XML or HTML; one JSON object per line is needed.', '');
  }
  if (isHeader(text) && !isJson(text)) {
    throw wrongKind(
      'The input looks like CSV; one JSON object per line is needed, with event_name, external_customer_id and any other event fields. With Miller, for example:',
      `mlr --icsv --ojsonl cat ${shellWord(name)}`,
    );
  }
};
