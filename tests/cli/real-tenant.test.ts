import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo } from '../../src/foundation/mongo';
import { company, playWecomCompany } from '../helpers/company';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { secrets } from '../helpers/town';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';

const main = join(__dirname, '../../dist/src/main.js');
const files = ['config/examples/organisation.yaml', 'config/examples/members.csv'];

describe('the commands of an administrator before a real tenant', () => {
  let api: WecomApi;
  let mongodbUri: string;
  beforeAll(async () => {
    api = await startWecomApi();
  });
  afterAll(() => api.close());
  beforeEach(() => {
    for (const path of Object.keys(api.script)) delete api.script[path];
    playWecomCompany(api, company());
    mongodbUri = freshDatabase();
  });

  /** Runs a command as a process of its own; resolves with how it ended and all it said. */
  function run(...args: string[]): Promise<{ code: number; said: string }> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ...secrets,
      WECOM_API_BASE: api.url,
      MONGODB_URI: mongodbUri,
      REDIS_URL: addressOf('REDIS_URL'),
      REDIS_PREFIX: freshPrefix(),
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [main, ...args], { env, cwd: join(__dirname, '../..'), timeout: 300_000 }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}` }),
      );
    });
  }

  it('import-roster --check names the rows whose account cannot be reached, and writes nothing', async () => {
    const { code, said } = await run('import-roster', ...files, '--check');
    expect(said).toContain('members.csv: row 3: wecom account hanlizhou is unknown to the platform');
    expect(said).toContain('wecom: 4 accounts, 1 cannot be reached; 5 people are within the visible range');
    expect(code).toBe(1);
    const connection = await connectMongo(mongodbUri);
    expect(await connection.collection('members').countDocuments({})).toBe(0);
    await connection.close();
    expect((await run('import-roster', ...files)).said).toContain('imported');
  });

  it('import-roster --check says that the address book cannot be read, instead of calling the roster good', async () => {
    api.script['/cgi-bin/agent/get'] = [{ errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 203.0.113.7' }];
    const { code, said } = await run('import-roster', ...files, '--check');
    expect([code, said]).toEqual([1, expect.stringContaining('the address book cannot be read (60020')]);
  });

  it('doctor looks at the imported roster, asks with a fresh token each time, and ends with 1 while something is wrong', async () => {
    await run('import-roster', ...files);
    const first = await run('doctor');
    expect(first.said).toMatch(/ok {4}WeCom: the token works/);
    expect(first.said).toMatch(/WRONG WeCom: 1 of 4 accounts of the roster cannot be reached.*M0002 \(hanlizhou\)/);
    expect(first.said).toContain('1 to mend');
    expect(first.code).toBe(1);
    api.script['/cgi-bin/gettoken'] = [{ errcode: 40001, errmsg: 'invalid credential' }];
    expect((await run('doctor')).said).toMatch(/WRONG WeCom: gettoken: 40001/);
  });
});
