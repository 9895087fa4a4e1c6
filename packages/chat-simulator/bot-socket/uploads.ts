import { type ApiAnswer, failure, success } from '../api-answer';
import type { MediaFiles } from '../media-files';
import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';

interface Session {
  type: string;
  fileName: string;
  size: number;
  chunks: (Buffer | undefined)[];
  until: number;
}

type Body = Record<string, unknown>;

const kinds = new Set(['file', 'image', 'voice', 'video']);
const mostChunks = 100;
const chunkBytes = 524_288;
const sessionMs = 30 * 60_000;

/** aibot_upload_media_init, _chunk and _finish: a file in pieces, in any order, each as often as one likes. */
export class Uploads {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly parts: { files: () => MediaFiles; clock: SimulatorClock }) {}

  obey(cmd: string, body: Body): ApiAnswer | null {
    if (cmd === 'aibot_upload_media_init') return this.begin(body);
    if (cmd === 'aibot_upload_media_chunk') return this.take(body);
    return cmd === 'aibot_upload_media_finish' ? this.finish(body) : null;
  }

  private begin({ type, filename, total_size: size, total_chunks: count }: Body): ApiAnswer {
    if (typeof type !== 'string' || !kinds.has(type) || typeof filename !== 'string' || filename === '') return failure(40035);
    if (typeof size !== 'number' || size <= 0 || typeof count !== 'number' || count < 1 || count > mostChunks) return failure(40035);
    for (const [old, { until }] of this.sessions) if (until <= this.now()) this.sessions.delete(old);
    const id = randomId(32);
    const chunks = Array.from<Buffer | undefined>({ length: count });
    this.sessions.set(id, { type, fileName: filename, size, chunks, until: this.now() + sessionMs });
    return success({ upload_id: id });
  }

  /** The page counts the pieces from 1, the official client from 0: both are taken. */
  private take({ upload_id: id, chunk_index: index, base64_data: data }: Body): ApiAnswer {
    const session = this.live(id);
    if (!session || typeof index !== 'number' || typeof data !== 'string') return failure(40035);
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length === 0 || bytes.length > chunkBytes || index < 0 || index > session.chunks.length) return failure(40035);
    session.chunks[index] = bytes;
    return success();
  }

  private finish({ upload_id: id }: Body): ApiAnswer {
    const session = this.live(id);
    const chunks = session?.chunks.filter((chunk) => chunk !== undefined) ?? [];
    const bytes = Buffer.concat(chunks);
    if (!session || bytes.length !== session.size) return failure(40035, 'pieces are missing');
    this.sessions.delete(String(id));
    const created = Math.floor(this.now() / 1_000);
    return success({ type: session.type, media_id: this.parts.files().forApp(bytes, session.fileName), created_at: String(created) });
  }

  private live(id: unknown): Session | null {
    const session = this.sessions.get(String(id));
    return session && session.until > this.now() ? session : null;
  }

  private now(): number {
    return this.parts.clock.now().getTime();
  }
}
