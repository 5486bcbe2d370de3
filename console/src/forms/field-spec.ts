// A form as data: what each field is called, where its value goes in the body, and when it applies. All values are texts until they
// are sent, so that money and decimals keep every digit.

/** One row of a field that has many, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;
export type FieldValue = string | readonly Row[];
/** Values by path in the body. */
export type Values = Readonly<Record<string, FieldValue>>;

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Column {
  readonly name: string;
  readonly label: string;
  /** `lines`: a list of texts, one on each line. */
  readonly kind: 'text' | 'whole' | 'decimal' | 'lines';
  readonly placeholder?: string;
}

/** Where the suggestions of a text come from, or the entities to pick from. */
export type PickSource = 'meters' | 'features' | 'plans' | 'priceUnits';
export type SuggestSource = 'customers' | 'eventNames' | 'properties' | 'currencies' | 'timezones' | 'prices';

interface Common {
  /** Where it goes in the body: `aggregation.field`. */
  readonly path: string;
  readonly label: string;
  readonly note?: string;
  /** Marked as required; whether it is follows from the schema. */
  readonly isRequired?: boolean;
  /** Fields that do not apply are neither shown nor sent. */
  readonly appliesTo?: (values: Values) => boolean;
  /** Only decides which other fields apply. */
  readonly isLocal?: boolean;
}

export type FieldSpec = Common &
  (
    | { readonly kind: 'text'; readonly isMono?: boolean; readonly lines?: number; readonly placeholder?: string }
    | { readonly kind: 'whole' | 'decimal'; readonly placeholder?: string }
    /** A whole number; empty means null. */
    | { readonly kind: 'limit' }
    | {
        readonly kind: 'choice';
        readonly choices: readonly Choice[];
        readonly notes?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'flag' }
    | { readonly kind: 'time' }
    | { readonly kind: 'pick'; readonly source: PickSource }
    | { readonly kind: 'suggest'; readonly source: SuggestSource }
    /** An object of texts. */
    | { readonly kind: 'metadata' }
    | { readonly kind: 'json' }
    | {
        readonly kind: 'rows';
        readonly columns: readonly Column[];
        readonly addLabel: string;
        readonly rowLabel: string;
      }
  );

export interface FormSection {
  readonly title: string;
  readonly note?: string;
  readonly fields: readonly FieldSpec[];
  /** Closed at first: what is rarely needed. */
  readonly isFolded?: boolean;
}

export const textAt = (values: Values, path: string): string => {
  const value = values[path];
  return typeof value === 'string' ? value : '';
};

export const rowsAt = (values: Values, path: string): readonly Row[] => {
  const value = values[path];
  return typeof value === 'object' ? value : [];
};

export const applies = ({ appliesTo }: FieldSpec, values: Values): boolean =>
  appliesTo === undefined || appliesTo(values);

export const fieldsOf = (sections: readonly FormSection[]): readonly FieldSpec[] =>
  sections.flatMap(({ fields }) => fields);
