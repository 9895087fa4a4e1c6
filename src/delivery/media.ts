/**
 * A picture, file or recording that came with a message. Secret: whoever holds it can fetch it. Never logged; forgotten when the
 * message has been dealt with.
 */
export interface MediaReference {
  kind: 'image' | 'file' | 'video' | 'voice';
  /** `aesKey`: of this file alone, where the platform gives one. */
  from: { mediaId: string } | { url: string; aesKey?: string };
  expiresAt: Date;
}
