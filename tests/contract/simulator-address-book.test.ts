import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../config/load';
import { type Simulator, startSimulator } from '../../packages/chat-simulator';
import { checkWecomTenant } from '../../src/cli/tenant-checks';
import { ShiftableClock } from '../../src/foundation/clock';
import { roster } from '../helpers/roster';
import { secrets, userIdOf } from '../helpers/town';
import { openDoor } from '../helpers/wecom-door';

describe('the simulated address book', () => {
  let simulator: Simulator;
  const clock = new ShiftableClock();
  const app = {
    token: secrets.WECOM_APP_TOKEN,
    aesKey: secrets.WECOM_APP_AES_KEY,
    agentId: secrets.WECOM_APP_AGENT_ID,
    secret: secrets.WECOM_APP_SECRET,
  };
  beforeAll(async () => {
    simulator = await startSimulator({
      clock,
      corpId: secrets.WECOM_CORP_ID,
      webhook: 'http://127.0.0.1:9',
      bot: { token: secrets.WECOM_BOT_TOKEN, aesKey: secrets.WECOM_BOT_AES_KEY, botId: secrets.WECOM_BOT_ID, name: '助手' },
      app,
      people: roster.map(({ name }) => ({ userId: userIdOf(name), name })),
      outside: ['zhoulan'],
      groups: [],
      page: false,
    });
  });
  afterAll(() => simulator.close());

  async function findings(of: typeof app): Promise<string[]> {
    const door = await openDoor(clock, { apiBase: simulator.apiBase, corpId: secrets.WECOM_CORP_ID, app: of });
    const found = await checkWecomTenant(door.wecom, loadSettings(secrets), [
      ...roster,
      { id: 'M0999', identities: [{ platform: 'wecom', userId: 'gone' }] },
    ]);
    await door.close();
    return found.map(({ verdict, what }) => `${verdict} ${what}`);
  }

  it('is read whole by doctor, which names who is outside and who is unknown', async () => {
    const found = await findings(app);
    expect(found).toContain('ok 企业微信：可见范围里有 1 个部门、12 人');
    const wrong = found.filter((line) => line.startsWith('wrong'));
    expect(wrong).toEqual([expect.stringContaining(`名册里 ${roster.length + 1} 个账号有 2 个够不着`)]);
    expect(wrong[0]).toContain('M0999 (gone)');
    expect(wrong[0]).toContain('M0001 (zhoulan)');
  });

  it('belongs to one app: another agent id or another secret is refused', async () => {
    expect((await findings({ ...app, agentId: '1000003' }))[0]).toMatch(/^wrong 企业微信：301002/);
    expect((await findings({ ...app, secret: 'another-secret-another-secret' }))[0]).toMatch(/^wrong 企业微信：.*40001/);
  });
});
