import type { SentMedia } from '../sent-media';
import type { MessageFiles } from './message-files';

/** What of a robot's message says what was sent. */
export interface MediaContent {
  msgtype: 'picture' | 'richText' | 'audio' | 'video' | 'file';
  content: Record<string, unknown>;
}

/** In a group the robot gets words with pictures and nothing else of these. */
export const reachesRobot = (media: SentMedia, inGroup: boolean): boolean => !inGroup || media.kind === 'picture';

/** The fields of the message; `words` stand beside a picture, as one message. */
export function contentOf(media: SentMedia, words: string, files: MessageFiles): MediaContent {
  const downloadCode = files.keep(media.bytes);
  switch (media.kind) {
    case 'picture': {
      const picture = { downloadCode, pictureDownloadCode: downloadCode };
      if (words === '') return { msgtype: 'picture', content: picture };
      return { msgtype: 'richText', content: { richText: [{ text: words }, { type: 'picture', ...picture }] } };
    }
    case 'audio':
      return { msgtype: 'audio', content: { duration: media.durationMs, downloadCode, recognition: media.recognition } };
    case 'video':
      return { msgtype: 'video', content: { duration: String(media.durationMs), downloadCode, videoType: 'mp4' } };
    case 'file':
      return { msgtype: 'file', content: { downloadCode, fileName: media.fileName, spaceId: '1', fileId: '1' } };
  }
}
