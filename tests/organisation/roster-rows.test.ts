import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadRoles } from '../../config/load-roles';
import { decodeText, parseTable } from '../../src/foundation/table/text';
import { bodyFile } from '../../src/organisation/body-file';
import { readRoster } from '../../src/organisation/roster/rows';

const examples = join(__dirname, '../../config/examples');
const organisation = parse(readFileSync(join(examples, 'organisation.yaml'), 'utf8')) as Record<string, unknown>;
const body = bodyFile(['gs-ws']).parse(organisation);
const csv = readFileSync(join(examples, 'members.csv'), 'utf8');
const read = (text: string) => readRoster(parseTable(text), body.sectors, loadRoles());
const header = csv.split('\n')[0];
const table = (...rows: string[]) => read([header, ...rows].join('\n'));
const members = (text: string) => read(text).rows.map(({ member }) => member);

describe('a roster as the office writes it', () => {
  it('reads the examples that are shipped', () => {
    expect(read(csv).faults).toEqual([]);
    expect(members(csv).map(({ id, name, sector, roles }) => [id, name, sector, roles])).toEqual([
      ['M0001', '周岚', 'education', ['member']],
      ['M0002', '韩立舟', 'economy', ['member', 'convener']],
      ['M0003', '许知夏', 'health', ['member']],
      ['S0001', '高文正', null, ['staff']],
    ]);
  });

  it('bears a byte-order mark, Windows line ends, quotes, tabs and empty lines, and counts rows as a person does', () => {
    const messy = `\uFEFF${csv.replaceAll('\n', '\r\n').replace('委员、召集人', '"委员、召集人"')}\r\n\r\n`;
    expect(read(messy)).toEqual(read(csv));
    expect(members(csv.replaceAll(',', '\t'))).toEqual(members(csv));
    expect(table('', 'M0004,李明远,体育界,委员,否,2022-01-10,limingyuan').faults).toEqual(['第3行：没有叫“体育界”的界别']);
    expect(members(csv.replace('周岚', '"周\n岚"'))).toEqual(members(csv));
  });

  it('reads a file in UTF-8, GBK or Excel’s Unicode', () => {
    // 周岚,教育界 in GBK, as Excel's 'CSV（逗号分隔）' writes it.
    const gbk = Buffer.from([0xd6, 0xdc, 0xe1, 0xb0, 0x2c, 0xbd, 0xcc, 0xd3, 0xfd, 0xbd, 0xe7]);
    expect(decodeText(gbk)).toBe('周岚,教育界');
    expect(decodeText(Buffer.from(csv))).toBe(csv);
    expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]))).toBe(csv);
    expect(decodeText(Buffer.from([0xff, 0xff, 0x00]))).toBeNull();
  });

  it.each(['2022-01-10', '2022/1/10', '2022.1.10', '2022年1月10日', '２０２２－０１－１０', '2022/1/10 0:00', '44571', '44571.0'])(
    'reads the day %s as it is meant',
    (day) => {
      expect(table(`M0001,周岚,教育界,委员,否,${day},zhoulan`).rows[0]?.member.joinedOn).toBe('2022-01-10');
    },
  );

  it.each(['2022-02-30', '2022/13/1', '2022年1月', '去年', '', '10/1/2022', '99999', '2023-02-29'])(
    'refuses the day “%s”, naming the row and why',
    (day) => {
      expect(table(`M0001,周岚,教育界,委员,否,${day},zhoulan`)).toMatchObject({
        rows: [],
        faults: [`第2行：就任日期“${day}”不是一个日期，请写成 2022-01-10`],
      });
    },
  );

  it.each([
    [true, ['是', '√', '✓', 'Y', 'yes', '1', '１', 'TRUE', '有', '常委', ' 是　']],
    [false, ['否', '', '×', 'N', '0', '不是', '无', '-', '　']],
  ])('takes as %s for 常委: %s', (is, words) => {
    for (const word of words)
      expect([word, table(`M0001,周岚,教育界,委员,${word},2022-01-10,zhoulan`).rows[0]?.member.standing]).toEqual([word, is]);
  });

  it('asks about a word under 常委 that is neither', () => {
    expect(table('M0001,周岚,教育界,委员,届中增补,2022-01-10,zhoulan').faults).toEqual([
      '第2行：常委一栏的“届中增补”看不懂，请填“是”或“否”',
    ]);
  });

  it('reads names spread with blanks and full-width numbers and accounts as what they are', () => {
    const [zhou, aili] = table(
      'Ｍ０００１,周　岚,教育界 ,委员,否,2022-01-10,ｚｈｏｕｌａｎ',
      'm0002, 艾力 · 买买提 ,教育界,委员，召集人,否,2022-01-10,aili',
    ).rows.map(({ member }) => member);
    expect(zhou).toMatchObject({ id: 'M0001', name: '周岚', sector: 'education', identities: [{ userId: 'zhoulan' }] });
    expect(aili).toMatchObject({ id: 'M0002', name: '艾力·买买提' });
  });

  it('names every wrong row and what is wrong with it', () => {
    const rows = [
      'M0004,李明远,体育界,委员,否,2022-01-10,limingyuan',
      'M0005,王小满,教育界,班长,否,2022-01-10,wangxiaoman',
      'M0001,钱知行,教育界,委员,否,2022-01-10,qianzhixing',
      'M0007,吴越,教育界,委员,否,2022-01-10,ZhouLan',
      'M0008,孙有言,教育界,委员,否,2022-01-10,',
      '8,陈言,教育界,委员,否,2022-01-10,chenyan',
    ];
    expect(read(`${csv}${rows.join('\n')}\n`).faults).toEqual([
      '第6行：没有叫“体育界”的界别',
      '第7行：没有叫“班长”的角色',
      '第8行：编号 M0001 和第2行重复（企业微信账号不分大小写）',
      '第9行：账号 ZhouLan 和第2行重复（企业微信账号不分大小写）',
      '第10行：没有填企业微信账号，或里面有企业微信不允许的字符',
      '第11行：编号应为一个字母加数字，例如 M0001',
    ]);
  });

  it('takes the DingTalk account from a further column; either account will do, WeCom’s comes first', () => {
    const dingtalk = (...rows: string[]) => read([`${header},钉钉账号`, ...rows].join('\n'));
    const rows = ['M0004,李明远,教育界,委员,否,2022-01-10,limingyuan,dt-01', 'M0005,王小满,教育界,委员,否,2022-01-10,,0123456789'];
    expect(dingtalk(...rows).rows.map(({ member }) => member.identities)).toEqual([
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
    expect(dingtalk(...rows, ...wrong).faults).toEqual([
      '第4行：账号 dt-01 和第2行重复（企业微信账号不分大小写）',
      '第5行：钉钉账号里有钉钉不允许的字符',
    ]);
  });

  it('takes 在任 or 离任 from a further column', () => {
    const said = (word: string) => read(`${header},状态\nM0001,周岚,教育界,委员,否,2022-01-10,zhoulan,${word}`);
    expect(['在任', '离任', ''].map((word) => said(word).rows.map(({ standing, member }) => [standing, member.active]))).toEqual([
      [['present', true]],
      [['gone', false]],
      [['unsaid', true]],
    ]);
    expect(said('请假').faults).toEqual(['第2行：状态一栏请填“在任”或“离任”，也可以空着']);
  });

  it('says which column is missing', () => {
    expect(read('编号,姓名\nM0001,周岚\n').faults).toEqual(['第1行：缺少这几列：界别、企业微信账号或钉钉账号']);
  });

  it('finds the columns of a district’s own table in any order and wording, and keeps nothing of what it has no use for', () => {
    const titles = '姓名,委员编号,性别,手机,专委会(可两个)1,专委会(可两个)2,所属界别,界别活动组,街道活动组,政协职务,企微账号';
    const verdict = read(`${titles}\n周岚,M0001,女,13812345678,提案委,教科卫体委,教育界,教育、科技组,红柳街道组,常委,zhoulan`);
    expect(verdict.faults).toEqual([]);
    expect(verdict.unused).toEqual(['性别', '手机']);
    expect(verdict.unsaid).toEqual(['roles', 'standing', 'joinedOn']);
    expect(verdict.rows[0]?.member).toMatchObject({
      id: 'M0001',
      sector: 'education',
      committees: ['提案委', '教科卫体委'],
      groups: ['教育', '科技组', '红柳街道组'],
      post: '常委',
    });
    expect(JSON.stringify(verdict)).not.toContain('138');
  });
});

describe('an organisation as the office writes it', () => {
  const issues = (change: Record<string, unknown>): string[] =>
    bodyFile(['gs-ws', 'sy'])
      .safeParse({ ...organisation, ...change })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

  it('has a scheme that there is, a zone that there is, and each sector’s name once', () => {
    expect(issues({})).toEqual([]);
    expect(issues({ scheme: 'nosuch' })).toEqual(['scheme 不是已有的考核办法，可以写：gs-ws、sy']);
    expect(issues({ zone: 'Asia/Nowhere' })).toEqual(['zone 不是时区名，应写成 Asia/Shanghai']);
    const twins = [
      { code: 'education', name: '教育界' },
      { code: 'school', name: '学校', aliases: ['教育界'] },
    ];
    expect(issues({ sectors: twins })).toEqual(['sectors “教育界”写在了两个界别里']);
  });
});
