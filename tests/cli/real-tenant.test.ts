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
    expect(said).toContain('members.csv 第3行：企业微信账号 hanlizhou 平台上没有这个账号');
    expect(said).toContain('企业微信：名册里 4 个账号，1 个够不着；应用可见范围里有 5 人');
    expect(code).toBe(1);
    const connection = await connectMongo(mongodbUri);
    expect(await connection.collection('members').countDocuments({})).toBe(0);
    await connection.close();
    expect((await run('import-roster', ...files)).said).toContain('已导入');
  });

  it('import-roster --check says that the address book cannot be read, instead of calling the roster good', async () => {
    api.script['/cgi-bin/agent/get'] = [{ errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 203.0.113.7' }];
    const { code, said } = await run('import-roster', ...files, '--check');
    expect([code, said]).toEqual([1, expect.stringContaining('通讯录读不了（60020')]);
  });

  it('import-roster --check says in Chinese that the platform does not answer', async () => {
    api.script['/cgi-bin/gettoken'] = [{ httpStatus: 502 }];
    const { code, said } = await run('import-roster', ...files, '--check');
    expect([code, said]).toEqual([1, expect.stringMatching(/通讯录读不了（gettoken: .*npm run doctor/u)]);
  });

  it('import-roster says in one Chinese sentence that a file is missing, or is no table', async () => {
    const missing = await run('import-roster', files[0] ?? '', 'nosuch.csv');
    expect(missing).toEqual({ code: 1, said: '找不到文件 nosuch.csv，请核对文件名和所在目录。\n' });
    const image = 'docs/chat-page.png';
    expect((await run('import-roster', files[0] ?? '', image)).said).toMatch(/^docs\/chat-page\.png：.*CSV。\n$/);
  });

  it('doctor looks at the imported roster, asks with a fresh token each time, and ends with 1 while something is wrong', async () => {
    await run('import-roster', ...files);
    const first = await run('doctor');
    expect(first.said).toMatch(/正常 企业微信：凭证有效/);
    expect(first.said).toMatch(/不对 企业微信：名册里 4 个账号有 1 个够不着.*M0002 \(hanlizhou\)/);
    expect(first.said).toContain('有 1 项要处理');
    expect(first.code).toBe(1);
    const found = first.said
      .slice(first.said.indexOf('检查结果'))
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(found.length).toBeGreaterThan(15);
    // Without the verdict, which is Chinese anyway.
    const saying = found.map((line) => line.replace(/^ {2}(?:正常|提示|不对) /u, ''));
    expect(saying.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([]);
    api.script['/cgi-bin/gettoken'] = [{ errcode: 40001, errmsg: 'invalid credential' }];
    expect((await run('doctor')).said).toMatch(/不对 企业微信：gettoken: 40001/);
  });
});
