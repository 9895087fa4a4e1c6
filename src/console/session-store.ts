import type { Connection } from 'mongoose';
import { digest, randomId } from '../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { Platform } from '../organisation/service';

interface Session {
  body: string;
  memberId: string;
  platform: Platform;
  /** The account with which the person signed in: when it leaves, the session ends. */
  userId: string;
  expiresAt: Date;
}

interface SessionDocument extends Session {
  _id: string;
}

/** Whom a browser belongs to. Kept under the digest of what the cookie says, so that the database opens no session. */
export class SessionStore {
  private readonly sessions;
  private readonly used;

  constructor(connection: Connection) {
    this.sessions = connection.collection<SessionDocument>('sessions');
    this.used = connection.collection<{ _id: string; body: string; expiresAt: Date }>('used_sign_ins');
  }

  async ensureIndexes(): Promise<void> {
    await this.sessions.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await this.used.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  }

  /** The secret for the cookie. */
  async start(session: Session): Promise<string> {
    const secret = randomId(32);
    await orUnavailable(() => this.sessions.insertOne({ _id: idOf(session.body, secret), ...session }));
    return secret;
  }

  async find(body: string, secret: string, now: Date): Promise<Session | null> {
    const found = await orUnavailable(() => this.sessions.findOne({ _id: idOf(body, secret), body }));
    if (!found || found.expiresAt <= now) return null;
    const { _id, ...session } = found;
    return session;
  }

  async end(body: string, secret: string): Promise<void> {
    await orUnavailable(() => this.sessions.deleteOne({ _id: idOf(body, secret), body }));
  }

  /** True the first time only. `expiresAt`: when the attempt would be too old anyway. */
  async useOnce(body: string, state: string, expiresAt: Date): Promise<boolean> {
    try {
      await orUnavailable(() => this.used.insertOne({ _id: idOf(body, state), body, expiresAt }));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

const idOf = (body: string, secret: string): string => `${body}:${digest(secret)}`;
