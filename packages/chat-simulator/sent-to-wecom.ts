import type { MediaFiles } from './media-files';
import type { SentMedia } from './sent-media';

/** In a group the bot gets words with pictures and nothing else of these. */
export const reachesBot = (media: SentMedia, words: string, inGroup: boolean): boolean =>
  !inGroup || (media.kind === 'picture' && words !== '');

/** The fields of the bot's message; `words` stand beside a picture, as one message. */
export function forBot(media: SentMedia, words: string, files: MediaFiles): Record<string, unknown> {
  if (media.kind === 'audio') return { msgtype: 'voice', voice: { content: media.recognition } };
  const address = files.forBot(media.bytes, nameOf(media));
  if (media.kind !== 'picture') return { msgtype: media.kind, [media.kind]: address };
  const image = { msgtype: 'image', image: address };
  return words === '' ? image : { msgtype: 'mixed', mixed: { msg_item: [{ msgtype: 'text', text: { content: words } }, image] } };
}

/** The fields of the app's message; null for what an app is not told of. */
export function forApp(media: SentMedia, files: MediaFiles, base: string): Record<string, string> | null {
  if (media.kind === 'file') return null;
  const MediaId = files.forApp(media.bytes, nameOf(media));
  if (media.kind === 'picture') return { MsgType: 'image', PicUrl: `${base}/pictures/${MediaId.slice(0, 16)}`, MediaId };
  if (media.kind === 'audio') return { MsgType: 'voice', Format: 'amr', MediaId };
  return { MsgType: 'video', MediaId, ThumbMediaId: files.forApp(media.bytes, 'thumb.jpg') };
}

const nameOf = (media: SentMedia): string =>
  media.kind === 'file' ? media.fileName : { picture: 'picture.jpg', audio: 'voice.amr', video: 'video.mp4' }[media.kind];
