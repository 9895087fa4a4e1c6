import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { ChatGroupStore } from '../../src/organisation/chat-group-store';
import { createChatGroups } from '../../src/organisation/chat-groups';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { body } from '../helpers/roster';
import { addressOf, freshDatabase } from '../helpers/services';
import { secrets } from '../helpers/town';

const main = join(__dirname, '../../dist/src/main.js');

describe('an operator in the folder of a deployment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-env-'));
  const MONGODB_URI = freshDatabase();
  const settings = { ...secrets, WECOM_API_BASE: 'http://127.0.0.1:9', MONGODB_URI, REDIS_URL: addressOf('REDIS_URL') };
  beforeAll(async () => {
    writeFileSync(
      join(folder, '.env'),
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const connection = await connectMongo(MONGODB_URI);
    await createOrganisation(createOrganisationStore(connection), systemClock).saveBody(body);
    const groups = createChatGroups(new ChatGroupStore(connection), systemClock);
    await groups.bind(body.id, { platform: 'wecom', chatId: 'wrOffice', sectors: ['education'] }, { by: 'S0001', at: new Date() });
    await groups.mayHint(body.id, 'dingtalk', 'cidNew==', 'e1');
    await connection.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (env: Record<string, string>, ...args: string[]): string =>
    execFileSync(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' });

  it('writes settings into .env and finds the ids of groups without a database shell', () => {
    expect(run({}, 'groups').trim().split('\n').slice(1)).toEqual(['  钉钉  cidNew==  还没有绑定界别', '  企业微信  wrOffice  教育界']);
  });

  it('overrides .env by the environment', () => {
    expect(() => run({ BODY_ID: 'NOT ALLOWED' }, 'groups')).toThrow(/BODY_ID/);
  });
});
