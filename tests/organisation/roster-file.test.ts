import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadRoles } from '../../config/load-roles';
import { bodyFile, readRoster } from '../../src/organisation/roster-file';

const examples = join(__dirname, '../../config/examples');
const body = bodyFile.parse(parse(readFileSync(join(examples, 'organisation.yaml'), 'utf8')));
const csv = readFileSync(join(examples, 'members.csv'), 'utf8');

describe('a roster as the office writes it', () => {
  it('reads the examples that are shipped', () => {
    const { members, faults } = readRoster(csv, body.sectors, loadRoles());
    expect(faults).toEqual([]);
    expect(members.map(({ id, name, sector, roles }) => [id, name, sector, roles])).toEqual([
      ['M0001', '周岚', 'education', ['member']],
      ['M0002', '韩立舟', 'economy', ['member', 'convener']],
      ['M0003', '许知夏', 'health', ['member']],
      ['S0001', '高文正', null, ['staff']],
    ]);
  });

  it('bears a byte-order mark, Windows line ends, quotes and empty lines', () => {
    const messy = `\uFEFF${csv.replaceAll('\n', '\r\n').replace('委员、召集人', '"委员、召集人"')}\r\n\r\n`;
    expect(readRoster(messy, body.sectors, loadRoles())).toEqual(readRoster(csv, body.sectors, loadRoles()));
  });

  it('names every wrong row and what is wrong with it', () => {
    const rows = [
      'M0004,李明远,体育界,委员,否,2022-01-10,limingyuan',
      'M0005,王小满,教育界,班长,否,2022-01-10,wangxiaoman',
      'M0006,赵一禾,教育界,委员,否,2022年1月,zhaoyihe',
      'M0001,钱知行,教育界,委员,否,2022-01-10,qianzhixing',
      'M0008,孙有言,教育界,委员,否,2022-01-10,',
    ];
    const { faults } = readRoster(`${csv}${rows.join('\n')}\n`, body.sectors, loadRoles());
    expect(faults).toEqual([
      'row 6: no sector is called 体育界',
      'row 7: no role is called 班长',
      'row 8: the day in office must be written 2022-01-10',
      'row 9: the number or the account stands in the table twice',
      'row 10: the WeCom account is missing or has characters WeCom does not allow',
    ]);
  });

  it('takes the DingTalk account from a further column; either account will do, WeCom’s comes first', () => {
    const header = csv.split('\n')[0];
    const read = (...rows: string[]) => readRoster([`${header},钉钉账号`, ...rows].join('\n'), body.sectors, loadRoles());
    const rows = ['M0004,李明远,教育界,委员,否,2022-01-10,limingyuan,dt-01', 'M0005,王小满,教育界,委员,否,2022-01-10,,0123456789'];
    expect(read(...rows).members.map(({ identities }) => identities)).toEqual([
      [
        { platform: 'wecom', userId: 'limingyuan' },
        { platform: 'dingtalk', userId: 'dt-01' },
      ],
      [{ platform: 'dingtalk', userId: '0123456789' }],
    ]);
    const wrong = [
      'M0006,赵一禾,教育界,委员,否,2022-01-10,zhaoyihe,dt-01',
      'M0007,钱知行,教育界,委员,否,2022-01-10,qianzhixing,$:LWCP_v1:$x',
    ];
    expect(read(...rows, ...wrong).faults).toEqual([
      'row 4: the number or the account stands in the table twice',
      'row 5: the DingTalk account has characters DingTalk does not allow',
    ]);
  });

  it('says which column is missing', () => {
    expect(readRoster('编号,姓名\nM0001,周岚\n', body.sectors, loadRoles()).faults).toEqual([
      'row 1: column 界别, 角色, 常委, 就任日期, 企业微信账号 is missing',
    ]);
  });
});
