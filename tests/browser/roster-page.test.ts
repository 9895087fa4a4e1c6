import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import writeExcelFile from 'write-excel-file/node';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { body, roster } from '../helpers/roster';
import { complaintsOf, launchChromium, phone } from './chromium';

const sectorName = (code: string | null): string => body.sectors.find((each) => each.code === code)?.name ?? '';

describe('the office’s page of the roster, on a phone', () => {
  let browser: Browser;
  let town: PageTown;

  beforeAll(async () => {
    browser = await launchChromium();
    town = await startPageTown('2026-10-14T10:24:00');
  });
  afterAll(async () => {
    await browser.close();
    await town.close();
  });

  async function signedIn(name: string): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(town.at('/me'));
    await page.getByRole('link', { name }).click();
    await page.waitForURL('**/me');
    return { page, complaints };
  }

  const titles = ['手机', '姓名', '编号', '所属界别', '专委会', '企微账号'];
  const asTold = roster.map(({ id, name, sector, identities }) => [
    '13812345678',
    name,
    id,
    sectorName(sector),
    '',
    identities.find(({ platform }) => platform === 'wecom')?.userId ?? '',
  ]);
  const workbook = (rows: string[][]): Promise<Buffer> => writeExcelFile([titles, ...rows]).toBuffer();

  async function upload(page: Page, bytes: Buffer): Promise<string> {
    await page.goto(town.at('/roster'));
    await page.setInputFiles('input[type=file]', { name: '名册.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
    await page.getByRole('button', { name: '上传并核对' }).click();
    await page.waitForLoadState();
    return (await page.locator('main').innerText()).replace(/\n+/g, '\n');
  }

  it('shows what a table would change, in words, and changes nothing before it is applied; then all of it, once', async () => {
    const { page, complaints } = await signedIn('高文正');
    const [first = [], second = [], ...others] = asTold;
    const renamed = [first.with(1, '周澜').with(4, '提案委、教科卫体委'), ...others];
    const shown = await upload(page, await workbook(renamed));
    expect(shown).toContain('有变化 1 人');
    expect(shown).toContain(`第2行 ${first[2]} 周澜：姓名：${first[1]} → 周澜；专委会：（空） → 提案委、教科卫体委`);
    expect(shown).toContain(`离任 1 人\n名册里没有了，或写了离任。记录都保留。\n${second[2]} ${second[1]}`);
    expect(shown).toContain(`不变 ${roster.length - 2} 人`);
    expect(shown).toContain('没有用到、也不保存这几列：手机');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/roster.png`, fullPage: true });
    const { service } = town.house.app.features.organisation;
    expect((await service.member(body.id, first[2] ?? ''))?.name).toBe(first[1]);

    await page.getByRole('button', { name: '照此更新名册' }).click();
    await page.waitForLoadState();
    expect(await page.locator('main').innerText()).toContain('名册已更新：新来 0 人，有变化 1 人，离任 1 人，恢复在任 0 人。');
    expect(await service.member(body.id, first[2] ?? '')).toMatchObject({ name: '周澜', committees: ['提案委', '教科卫体委'] });
    expect(await service.member(body.id, second[2] ?? '')).toMatchObject({ active: false });
    expect(await upload(page, await workbook(renamed))).toContain('和现在的名册一样，不用更新。');
    expect(await upload(page, await workbook(asTold.map((row, at) => (at === 0 ? row.with(4, '提案委、教科卫体委') : row))))).toContain(
      '恢复在任 1 人',
    );
    await page.getByRole('button', { name: '照此更新名册' }).click();
    await page.waitForLoadState();
    expect(complaints).toEqual([]);
    const kept = await town.house.connection.collection('roster_drafts').find({}).toArray();
    expect(JSON.stringify(kept)).not.toContain('13812345678');
    await page.context().close();
  });

  it('names each wrong row, and says why a file cannot be read', async () => {
    const { page } = await signedIn('高文正');
    const wrong = await upload(
      page,
      await workbook([...asTold, ['', '李明远', 'M0099', '体育界', '', 'limingyuan'], ['', '钱知行', 'M0098', '', '', 'qian']]),
    );
    expect(wrong).toContain(`有 1 处不对，什么都没有改\n第${roster.length + 2}行：没有叫“体育界”的界别`);
    const newcomer = await upload(page, await workbook([...asTold, ['', '钱知行', 'M0098', '', '', 'qian']]));
    expect(newcomer).toContain(`第${roster.length + 2}行：新来的委员要写就任日期，请加上这一列`);
    expect(await page.getByRole('button', { name: '照此更新名册' }).count()).toBe(0);
    expect(await upload(page, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toContain('这是老格式的 Excel（.xls）');
    expect(await upload(page, Buffer.alloc(6 * 1024 * 1024, 'a'))).toContain('文件超过 5 MB');
    await page.context().close();
  });

  it('asks once more when more than half would leave, since it may be the wrong file', async () => {
    const { page } = await signedIn('高文正');
    const staff = asTold.filter(([, name]) => name === '高文正');
    expect(await upload(page, await workbook(staff))).toContain('会不会拿错了文件？');
    await page.locator('form[action="/roster/apply"]').evaluate((form) => (form as HTMLFormElement).submit());
    await page.waitForLoadState();
    expect(await page.locator('main').innerText()).toContain('请先勾选“没有拿错”再更新');
    await page.context().close();
  });

  it('is the office’s alone', async () => {
    const { page } = await signedIn('周岚');
    expect((await page.goto(town.at('/roster')))?.status()).toBe(403);
    await page.context().close();
  });
});
