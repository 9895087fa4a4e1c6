import { checkName } from './catalog';
import type { Cursors } from './cursors';
import type { Documents } from './documents';
import { notDone, StoreError } from './failure';
import { Work } from './scan';
import type { Sweeper } from './sweeper';
import { checkTransaction } from './transactions';
import { type Doc, type Found, isDoc, isNumeric, textOf, toNumber, typeName } from './values';
import type { Request } from './wire';

/** What every command works with. */
export interface Store {
  documents: Documents;
  cursors: Cursors;
  sweeper: Sweeper;
  now: () => Date;
  startedAt: Date;
  connections: () => number;
  /** Only where it may be told to misbehave. */
  faults?: Misbehaviour;
}

export interface Misbehaviour {
  configure(command: Command): Reply;
  meet(request: Request): { play(run: () => Reply | Promise<Reply>): Promise<Outcome> } | undefined;
}

/** What becomes of an answer: it is sent, the connection ends instead of it, or nothing ever comes. */
export type Outcome = { reply: Reply } | 'close' | 'silence';

export type Reply = Record<string, unknown>;

/** Options every command may carry; all others must be declared by the command that knows them. */
const common = new Set(
  [
    '$db',
    'lsid',
    '$readPreference',
    '$clusterTime',
    'comment',
    'maxTimeMS',
    'readConcern',
    'writeConcern',
    'apiVersion',
    'apiStrict',
    'apiDeprecationErrors',
  ].concat(['collation', 'txnNumber', 'startTransaction', 'autocommit']),
);

/** A command's own fields. Every one is asked for by name and type, so that none is passed over in silence. */
export class Command {
  readonly database: string;
  readonly name: string;

  constructor(
    readonly request: Request,
    readonly store: Store,
  ) {
    this.name = [...request.body.keys()][0] as string;
    const database = request.body.get('$db');
    if (typeof database !== 'string') throw new StoreError(40571, 'OP_MSG requests require a $db argument');
    this.database = database;
    checkTransaction(this.name, request.body);
    refuseCommon(request.body);
  }

  /** Refuses every field that is not declared here. */
  allow(...fields: string[]): void {
    for (const field of this.request.body.keys()) {
      if (field === this.name || common.has(field) || fields.includes(field)) continue;
      throw new StoreError(
        'IDLUnknownField',
        `BSON field '${this.name}.${field}' is an unknown field, or one that the built-in store does not do.`,
      );
    }
    for (const name of this.request.sequences.keys()) {
      if (!fields.includes(name))
        throw new StoreError(
          'IDLUnknownField',
          `BSON field '${this.name}.${name}' is an unknown field, or one that the built-in store does not do.`,
        );
    }
  }

  get(field: string): Found {
    return this.request.body.get(field);
  }

  get collection(): string {
    const name = this.get(this.name);
    if (typeof name !== 'string') throw new StoreError('InvalidNamespace', `collection name has invalid type ${typeName(name)}`);
    checkName(this.database, name);
    return name;
  }

  get namespace(): string {
    return `${this.database}.${this.collection}`;
  }

  doc(field: string): Doc | undefined {
    return docField(this.request.body, field, this.name);
  }

  flag(field: string, otherwise = false): boolean {
    return flagField(this.request.body, field, otherwise, this.name);
  }

  integer(field: string): number | undefined {
    return integerField(this.request.body, field, this.name);
  }

  /** Documents of a field, from a document sequence or an array. */
  list(field: string): Doc[] {
    const value = this.get(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw wrongType(`${this.name}.${field}`, value, 'array');
    return value.map((item) => {
      if (!isDoc(item)) throw wrongType(`${this.name}.${field}.0`, item, 'object');
      return item;
    });
  }

  work(): Work {
    const limit = this.integer('maxTimeMS') ?? 0;
    const now = (): number => this.store.now().getTime();
    return new Work(now, limit > 0 ? now() + limit : undefined);
  }
}

function refuseCommon(body: Doc): void {
  refuseCollation(body.get('collation'));
  checkReadConcern(docField(body, 'readConcern', ''));
  checkWriteConcern(docField(body, 'writeConcern', ''));
  const version = body.get('apiVersion');
  if (version !== undefined && version !== '1') throw new StoreError(322, `API version must be "1"`);
}

function checkReadConcern(concern: Doc = new Map()): void {
  allowFields(concern, 'readConcern', ['level', 'provenance']);
  const level = concern.get('level') ?? 'local';
  if (level === 'snapshot') throw new StoreError(246, 'The built-in store does not do read concern snapshot.');
  if (!['local', 'majority', 'available', 'linearizable'].includes(level as string))
    throw new StoreError('BadValue', `Enumeration value '${textOf(level)}' for field 'readConcern.level' is not a valid value.`);
}

function checkWriteConcern(concern: Doc = new Map()): void {
  allowFields(concern, 'writeConcern', ['w', 'j', 'wtimeout', 'fsync', 'provenance']);
  const wanted = concern.get('w') ?? 1;
  if (typeof wanted === 'string' && wanted !== 'majority') throw new StoreError(79, `No write concern mode named '${wanted}' found`);
  if (typeof wanted !== 'string' && !isNumeric(wanted)) throw new StoreError('FailedToParse', 'w has to be a number or a string');
  if (toNumber(wanted) > 1) throw new StoreError('UnsatisfiableWriteConcern', 'Not enough data-bearing nodes');
  if (toNumber(wanted) < 0) throw new StoreError('FailedToParse', `w cannot be negative, got ${toNumber(wanted)}`);
}

export function refuseCollation(collation: Found): void {
  if (isDoc(collation) && (collation.size === 0 || (collation.size === 1 && collation.get('locale') === 'simple'))) return;
  if (collation !== undefined) throw notDone('collations', 'BadValue');
}

export const wrongType = (where: string, value: Found, expected: string): StoreError =>
  new StoreError('TypeMismatch', `BSON field '${where}' is the wrong type '${typeName(value)}', expected type '${expected}'`);

export function docField(body: Doc, field: string, owner: string): Doc | undefined {
  const value = body.get(field);
  if (value === undefined) return undefined;
  if (!isDoc(value)) throw wrongType(`${owner}.${field}`, value, 'object');
  return value;
}

export function flagField(body: Doc, field: string, otherwise: boolean, owner: string): boolean {
  const value = body.get(field);
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toNumber(value) !== 0;
  throw wrongType(`${owner}.${field}`, value, 'bool');
}

function integerField(body: Doc, field: string, owner: string): number | undefined {
  const value = body.get(field);
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw wrongType(`${owner}.${field}`, value, 'long');
  const number = toNumber(value);
  if (!Number.isInteger(number)) throw new StoreError('BadValue', `${owner}.${field} must be a whole number`);
  if (number < 0) throw new StoreError(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`);
  return number;
}

/** Refuses fields of an inner document (one update statement, one index) that the store does not know. */
export function allowFields(body: Doc, where: string, fields: string[]): void {
  for (const field of body.keys()) {
    if (!fields.includes(field))
      throw new StoreError(
        'IDLUnknownField',
        `BSON field '${where}.${field}' is an unknown field, or one that the built-in store does not do.`,
      );
  }
}

export type Handler = (command: Command) => Reply | Promise<Reply>;
