/** MongoDB's error codes that the store answers with (docs: "Error codes"), by MongoDB's own names. */
export const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  UnsupportedOpQueryCommand: 352,
  OutOfDiskSpace: 14031,
  CannotIndexParallelArrays: 171,
  TransactionTooOld: 225,
  UnsatisfiableWriteConcern: 100,
  ShutdownInProgress: 91,
  PrimarySteppedDown: 189,
  NotWritablePrimary: 10107,
  InterruptedAtShutdown: 11600,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  InvalidPipelineOperator: 168,
  InvalidIdField: 53,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  IDLFailedToParse: 40414,
  IDLUnknownField: 40415,
} as const;

const names = new Map<number, string>(Object.entries(codes).map(([name, code]) => [code, name]));
names.set(40414, 'Location40414').set(40415, 'Location40415').set(10334, 'BSONObjectTooLarge');

export const codeNameOf = (code: number): string => names.get(code) ?? `Location${code}`;

/** An error the client sees, in MongoDB's shape: `ok: 0`, `errmsg`, `code`, `codeName`, and what belongs to it. */
export class StoreError extends Error {
  readonly code: number;

  constructor(
    code: keyof typeof codes | number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.code = typeof code === 'number' ? code : codes[code];
  }

  get codeName(): string {
    return codeNameOf(this.code);
  }
}

/** What MongoDB does and this store does not: always an error, never a silently different answer. */
export class NotDone extends StoreError {}

export const notDone = (what: string, code: keyof typeof codes | number = 'CommandNotSupported'): NotDone =>
  new NotDone(code, `The built-in store does not do ${what}. Use a real MongoDB (MONGODB_URI) for it.`);
