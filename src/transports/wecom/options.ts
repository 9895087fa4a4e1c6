import type { ContactChanges } from '../../delivery/contact-change';
import type { Unsaid } from '../../delivery/incoming';
import type { KnownChats } from '../../delivery/known-chats';
import type { KnownUserIds } from '../../delivery/known-user-ids';
import type { Steady } from '../../foundation/clock';
import type { Ways } from '../ways';

/** The bot by HTTP callback. */
export interface BotByCallback {
  botId: string;
  token: string;
  aesKey: string;
}

/** The bot by long connection. The platform allows a bot one of the two ways at a time. */
export interface BotBySocket {
  botId: string;
  /** Of the long connection: neither the app's secret nor the callback's token. */
  secret: string;
  /** wss://openws.work.weixin.qq.com, a private deployment, or the simulator. */
  socketUrl: string;
  chats: KnownChats;
  steady: Steady;
  /** How long a process may lead without renewing; default 10 s. Taking over from a dead one takes that long. */
  leaseMs?: number;
  /** How often the connection looks at the time; default 250 ms. */
  tickMs?: number;
}

export interface WecomSignInBases {
  /** https://open.weixin.qq.com: the silent page inside the client. */
  openBase: string;
  /** https://login.work.weixin.qq.com: the page with the code to scan, outside. */
  loginBase: string;
}

export interface WecomOptions extends Ways {
  corpId: string;
  /** https://qyapi.weixin.qq.com, a private deployment, or the simulator. */
  apiBase: string;
  bot: BotByCallback | BotBySocket;
  /** Display names of the bot, without '@': the platform leaves its mention in the text. */
  botNames: readonly string[];
  /** Tells how much of the time to answer is gone; the system's unless a test brings its own. */
  steady?: Steady;
  /** What the platform has said before of encrypted ids; absent: it is asked whenever Redis does not know. */
  knownIds?: KnownUserIds;
  app: { token: string; aesKey: string; agentId: string; secret: string };
  /** The contact-sync helper's callback; absent where it is not used. */
  contacts?: { token: string; aesKey: string };
  /** Who came, left or was renamed. */
  changes: ContactChanges;
  /** The pages by which people sign in to the console. */
  signIn: WecomSignInBases;
  /** Keys of 消息推送, by the group's chat id. Secrets. */
  groupWebhooks: ReadonlyMap<string, string>;
  /** Told when the answer to a button certainly did not reach its card. */
  late: Unsaid;
  /** Said when somebody opens the private chat. */
  welcome: string;
  /** Said when an encrypted id cannot be converted now; nothing is stored. */
  identityUnavailable: string;
  /** Said to a picture, a file, or speech that was not understood; nothing is stored. */
  wordsOnly: string;
}
