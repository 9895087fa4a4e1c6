import type { Context } from 'koa';
import { type ApiAnswer, failure, success } from './api-answer';
import type { MediaFiles } from './media-files';
import type { SimulatorClock } from './options';

const mebi = 1_048_576;
const mostBytes: Readonly<Record<string, number>> = { image: 10 * mebi, voice: 2 * mebi, video: 10 * mebi, file: 20 * mebi };
const leastBytes = 6;

/** POST /cgi-bin/media/upload: one file in the multipart field `media`. */
export async function upload(
  ctx: Context,
  type: string | undefined,
  parts: { files: MediaFiles; clock: SimulatorClock },
): Promise<ApiAnswer> {
  const most = mostBytes[type ?? ''];
  if (most === undefined) return failure(40004);
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) chunks.push(chunk);
  const file = fileIn(Buffer.concat(chunks), ctx.get('content-type'));
  if (!file) return failure(41005);
  if (file.bytes.length > most) return failure(45001);
  if (file.bytes.length < leastBytes) return failure(40006);
  return success({
    type,
    media_id: parts.files.forApp(file.bytes, file.fileName),
    created_at: String(Math.floor(parts.clock.now().getTime() / 1_000)),
  });
}

/** The file of the field `media`; null when there is none, or none with a name. */
function fileIn(body: Buffer, contentType: string): { bytes: Buffer; fileName: string } | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return null;
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    const head = body.indexOf('\r\n\r\n', at);
    if (next < 0 || head < 0) return null;
    const headers = body.subarray(at, head).toString('utf8');
    const fileName = /filename="([^"]*)"/i.exec(headers)?.[1];
    if (/name="media"/i.test(headers) && fileName) return { bytes: body.subarray(head + 4, next - 2), fileName };
    at = next;
  }
  return null;
}
