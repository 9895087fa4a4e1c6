import { readDocument } from './bson-reader';
import { type Catalog, type Collection, type Index, indexPrefix, namespace, recordBytes, recordKey, recordOf } from './catalog';
import { type Engine, type Entry, nextChunk } from './engine';
import { StoreError } from './failure';
import { type IndexKeys, indexKeys } from './index-keys';
import { type Doc, type Found, inShell, type Value } from './values';

/** Documents with their indexes. Each method checks everything it may refuse before it writes the first byte. */
export class Documents {
  constructor(
    readonly engine: Engine,
    readonly catalog: Catalog,
  ) {}

  read(collection: Collection, record: number): Buffer | undefined {
    return this.engine.get(recordKey(collection, record));
  }

  /**
   * Reads documents ahead whose records lie close together, as those of an index that grows with its collection do: one
   * walk over them costs half of asking for each. Gives what it has of a record: nothing where they lie apart, nor what
   * would take much memory.
   */
  readNear(collection: Collection, records: number[]): (record: number) => Buffer | undefined {
    const least = Math.min(...records);
    const most = Math.max(...records);
    if (records.length < 16 || most - least >= records.length * 1.5) return () => undefined;
    const limits = { limit: most - least + 1, bytes: nearBytes };
    const { keys, values } = this.engine.chunk(recordKey(collection, least), recordKey(collection, most + 1), limits);
    const places: number[] = [];
    for (let at = 0; at < keys.length; at++) places[recordOf(keys.bytes, keys.end(at)) - least] = at;
    return (record) => {
      const place = places[record - least];
      return place === undefined ? undefined : values.at(place);
    };
  }

  insert(collection: Collection, doc: Doc, bytes: Buffer): number {
    const record = collection.nextRecord;
    const entries = this.entriesOf(collection, doc, record);
    this.refuseDuplicates(collection, entries, undefined);
    collection.nextRecord++;
    for (const entry of entries) this.putEntry(collection, entry);
    this.engine.put(recordKey(collection, record), bytes);
    this.changeCount(collection, 1);
    return record;
  }

  replace(collection: Collection, record: number, change: { before: Doc; after: Doc; bytes: Buffer }): void {
    const old = new Map(this.entriesOf(collection, change.before, record).map((entry) => [keyText(entry), entry]));
    const next = this.entriesOf(collection, change.after, record);
    const added = next.filter((entry) => !old.has(keyText(entry)));
    this.refuseDuplicates(collection, added, record);
    for (const entry of next) old.delete(keyText(entry));
    for (const entry of old.values()) this.engine.remove(entry.key);
    for (const entry of added) this.putEntry(collection, entry);
    this.engine.put(recordKey(collection, record), change.bytes);
  }

  remove(collection: Collection, record: number, doc: Doc): void {
    for (const entry of this.entriesOf(collection, doc, record)) this.engine.remove(entry.key);
    this.engine.remove(recordKey(collection, record));
    this.changeCount(collection, -1);
  }

  count(collection: Collection): number {
    collection.count ??= this.engine.count(recordKey(collection, 0), indexPrefix(collection, 1));
    return collection.count;
  }

  private changeCount(collection: Collection, by: number): void {
    if (collection.count === undefined) return;
    collection.count += by;
    this.engine.onUndo(() => {
      if (collection.count !== undefined) collection.count -= by;
    });
  }

  /** Fills a new index from the documents there are; a duplicate refuses the index. */
  build(collection: Collection, index: Index): void {
    for (const { key, value } of this.all(collection)) {
      const doc = readDocument(value);
      const entries = this.entriesOfIndex(collection, index, doc, recordOf(key));
      this.refuseDuplicates(collection, entries, undefined);
      for (const entry of entries) this.putEntry(collection, entry);
    }
  }

  *all(collection: Collection): Generator<Entry> {
    let start = recordKey(collection, 0);
    const end = indexPrefix(collection, 1);
    for (let size = 4; ; ) {
      const { keys, values } = this.engine.chunk(start, end, { limit: size });
      for (let at = 0; at < keys.length; at++) yield { key: keys.at(at), value: values.at(at) };
      if (keys.length < size) return;
      size = nextChunk({ read: keys.length, bytes: values.bytes.length }, size);
      start = Buffer.concat([keys.at(keys.length - 1), Buffer.of(0)]);
    }
  }

  entriesOf(collection: Collection, doc: Doc, record: number): IndexEntry[] {
    return collection.indexes.flatMap((index) => this.entriesOfIndex(collection, index, doc, record));
  }

  private entriesOfIndex(collection: Collection, index: Index, doc: Doc, record: number): IndexEntry[] {
    if (index.partial && !index.partial(doc)) return [];
    const made = indexKeys(index.fields, doc);
    if (index.sparse && made.absent) return [];
    const prefix = indexPrefix(collection, index.id);
    const tail = recordBytes(record);
    return made.keys.map((values, at) =>
      index.unique
        ? { index, made, at, key: Buffer.concat([prefix, values]), value: tail }
        : { index, made, at, key: Buffer.concat([prefix, values, tail]), value: noValue },
    );
  }

  private putEntry(collection: Collection, { index, made, key, value }: IndexEntry): void {
    this.engine.put(key, value);
    const learns = made.multikey.some((is, at) => is && !index.multikey[at]) || (made.cut && !index.cut);
    if (learns) this.catalog.learn(collection, index, made);
  }

  private refuseDuplicates(collection: Collection, entries: IndexEntry[], own: number | undefined): void {
    for (const { index, made, at, key } of entries) {
      if (!index.unique) continue;
      const holder = this.engine.get(key);
      if (holder && recordOf(holder) !== own) throw duplicate(collection, index, made.values[at] ?? []);
    }
  }
}

const nearBytes = 256 * 1024;

interface IndexEntry {
  index: Index;
  made: IndexKeys;
  /** Which of the keys that were made. */
  at: number;
  key: Buffer;
  value: Buffer;
}

// LMDB keeps empty values, but one byte keeps "no value" and "not there" apart.
const noValue = Buffer.of(0);

const keyText = ({ key }: IndexEntry): string => key.toString('latin1');

function duplicate(collection: Collection, index: Index, values: Found[]): StoreError {
  const keyPattern = index.spec.get('key') as Doc;
  const keyValue = new Map<string, Value>(index.fields.map(({ path }, at) => [path, values[at] ?? null]));
  const shown = [...keyValue].map(([path, value]) => `${path}: ${inShell(value)}`).join(', ');
  const message = `E11000 duplicate key error collection: ${namespace(collection)} index: ${index.name} dup key: { ${shown} }`;
  return new StoreError('DuplicateKey', message, { keyPattern, keyValue });
}
