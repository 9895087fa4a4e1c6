import { Double } from 'bson';
import { readDocument } from './bson-reader';
import { writeDocument } from './bson-writer';
import { StoreError } from './failure';
import { type Doc, isDoc } from './values';

/** MongoDB's limits (docs: "MongoDB Limits and Thresholds"). */
export const maxDocument = 16 * 1024 * 1024;
export const maxMessage = 48_000_000;
export const maxBatch = 100_000;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

/** A command as it came: its document, and documents of its sequences by field name, still as bytes. */
export interface Request {
  id: number;
  body: Doc;
  sequences: Map<string, Buffer[]>;
  /** The client does not want an answer (unacknowledged write). */
  silent: boolean;
  legacy: boolean;
  /** The address it came to, as a driver knows it. */
  host?: string;
}

/** What is left of a connection's bytes after the whole messages are taken. Throws when the stream cannot be trusted. */
export function takeMessages(bytes: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (bytes.length - at >= 4) {
    const length = bytes.readInt32LE(at);
    if (length < 16 || length > maxMessage) throw new StoreError('InvalidLength', `a message of ${length} bytes`);
    if (bytes.length - at < length) break;
    messages.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { messages, rest: bytes.subarray(at) };
}

export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === opQuery) return readQuery(id, message);
  if (opCode !== opMsg) throw new StoreError('UnsupportedOpQueryCommand', `Unsupported OP code: ${opCode}`);
  return readMsg(id, message);
}

function readMsg(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(16);
  // No driver sends checksums unless it is asked to.
  if (flags & 1) throw new StoreError('IllegalOperation', 'The built-in store does not do checksums of OP_MSG.');
  if ((flags & 0xffff & ~2) !== 0) throw new StoreError('IllegalOperation', 'unknown required flag bits in OP_MSG');
  const end = message.length;
  let body: Doc | undefined;
  const sequences = new Map<string, Buffer[]>();
  let at = 20;
  while (at < end) {
    const kind = message[at++];
    if (kind !== 0 && kind !== 1) throw new StoreError('BadValue', `Unknown section kind: ${kind}`);
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > end) throw new StoreError('InvalidBSON', 'a section is longer than its message');
    if (kind === 0) {
      if (body) throw new StoreError('BadValue', 'Multiple body sections in message');
      body = readDocument(message.subarray(at, at + size));
    } else readSequence(message.subarray(at + 4, at + size), sequences);
    at += size;
  }
  if (!body) throw new StoreError('BadValue', 'OP_MSG messages must have a body');
  return { id, body, sequences, silent: (flags & 2) !== 0, legacy: false };
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0);
  if (nameEnd < 0) throw new StoreError('InvalidBSON', 'a document sequence has no name');
  const name = section.toString('utf8', 0, nameEnd);
  if (sequences.has(name)) throw new StoreError('BadValue', `Duplicate document sequence ${name}`);
  const documents: Buffer[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const length = section.readInt32LE(at);
    if (length < 5 || at + length > section.length) throw new StoreError('InvalidBSON', 'a document is longer than its sequence');
    documents.push(section.subarray(at, at + length));
    at += length;
  }
  sequences.set(name, documents);
}

function readQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new StoreError('InvalidBSON', 'a query has no name');
  const name = message.toString('utf8', 20, nameEnd);
  const outer = readDocument(message.subarray(nameEnd + 9));
  const inner = outer.get('$query');
  const body: Doc = isDoc(inner) ? inner : outer;
  const [command] = body.keys();
  if (!name.endsWith('.$cmd') || !['ismaster', 'isMaster', 'hello'].includes(command ?? '')) {
    throw new StoreError(
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${command}. The client driver may require an upgrade.`,
    );
  }
  if (!body.has('$db')) body.set('$db', name.slice(0, -5));
  return { id, body, sequences: new Map(), silent: false, legacy: true };
}

let nextId = 1;

/** The answer to a request, as OP_MSG or, to the legacy handshake, OP_REPLY. */
export function writeReply(request: Pick<Request, 'id' | 'legacy'>, reply: Record<string, unknown>): Buffer {
  const head = request.legacy ? 36 : 21;
  // `ok` is a double in every answer of MongoDB.
  const message = writeDocument({ ...reply, ok: new Double(reply['ok'] as number) }, head).fill(0, 0, head);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(nextId++ & 0x7fffffff, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  if (request.legacy) {
    message.writeInt32LE(8, 16);
    message.writeInt32LE(1, 32);
  }
  return message;
}
