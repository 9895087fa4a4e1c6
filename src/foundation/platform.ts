/** The chat platforms the house speaks on. */
export type Platform = 'wecom' | 'dingtalk';

/** What a platform reports of one of its people. */
export interface AccountChange {
  body: string;
  platform: Platform;
  kind: 'joined' | 'left' | 'changed';
  userId: string;
  /** Where the platform gave the person another id. */
  newUserId?: string;
  at: Date;
}
