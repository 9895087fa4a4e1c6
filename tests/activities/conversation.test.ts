import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { announcement, cancellationOf, openHall, queryFor, signupFor } from './hall';

let hall: Awaited<ReturnType<typeof openHall>>;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

describe('a convener announces an activity', () => {
  it('in one line, and members are told how to sign up', async () => {
    expect(await hall.says('丁若梅', announcement)).toBe(
      '已发起活动A23“重阳关爱”：2026年9月26日（周六）9:00，惠民养老院，名额15人，9月24日（周四）18:00截止报名。\n委员报名请发：@政协小助手 报名 A23',
    );
    expect(await hall.activities.find('yunchuan', 'A23')).toMatchObject({ sector: 'women', kind: 'service', createdBy: 'M0008' });
  });

  it('with buttons under it that say what a member would type, until sign-up closes', async () => {
    const { card } = await hall.reply('丁若梅', announcement);
    expect(card).toEqual({
      title: '重阳关爱',
      buttons: [
        { label: '报名', says: '/报名 A23' },
        { label: '看详情', says: '/活动 A23' },
      ],
    });
    expect((await hall.reply('周岚', queryFor('A23'))).card?.buttons.map(({ says }) => says)).toEqual(['/报名 A23', '/取消报名 A23']);
    hall.moveTo('2026-09-25T10:00:00');
    expect((await hall.reply('周岚', queryFor('A23'))).card).toBeUndefined();
  });

  it('without a limit and without a deadline when none is said, in the own sector when none is named', async () => {
    const text = await hall.says('韩立舟', { ...announcement, title: '座谈会', sector: null, capacity: null, deadline: null });
    expect(text).toContain('惠民养老院，不限名额。');
    expect(await hall.activities.find('yunchuan', 'A23')).toMatchObject({ sector: 'economy', kind: 'symposium', capacity: null });
  });

  it('once, however often the same message arrives', async () => {
    const first = await hall.says('丁若梅', announcement, { key: 'same' });
    hall.moveTo('2026-10-20T10:00:00');
    expect(await hall.says('丁若梅', announcement, { key: 'same' })).toBe(first);
    hall.moveTo('2026-09-23T10:00:00');
    expect(await hall.says('丁若梅', announcement)).toContain('A24');
    expect(await hall.activities.comingUp('yunchuan')).toHaveLength(2);
  });

  it('but an ordinary member may not', async () => {
    expect(await hall.says('周岚', announcement)).toContain('请找本界别召集人');
    expect(await hall.activities.comingUp('yunchuan')).toEqual([]);
  });

  it('and is asked for what is missing, at most two things, while nothing is announced', async () => {
    const text = await hall.says('丁若梅', { ...announcement, start: null, place: null, missing: ['start', 'place'] });
    expect(text).toContain('已看懂：重阳关爱。');
    expect(text).toContain('哪天几点开始？在什么地方？');
    expect(text.match(/？/g)).toHaveLength(2);
    const nothing = await hall.says('丁若梅', { ...announcement, title: null, start: null, place: null });
    expect(nothing).toContain('例如“/发起活动');
    expect(await hall.activities.comingUp('yunchuan')).toEqual([]);
  });

  it('and hears clearly when a time or number cannot be', async () => {
    expect(await hall.says('丁若梅', { ...announcement, start: '2026-09-20T09:00', deadline: null })).toContain('已经过去');
    expect(await hall.says('丁若梅', { ...announcement, deadline: '2026-09-27' })).toContain('截止时间在活动开始之后');
    expect(await hall.says('丁若梅', { ...announcement, capacity: 0 })).toContain('名额要在1到10000之间');
    expect(await hall.activities.comingUp('yunchuan')).toEqual([]);
  });
});

describe('members sign up', () => {
  beforeEach(async () => {
    await hall.says('丁若梅', { ...announcement, capacity: 2 });
  });

  it('and hear when and where', async () => {
    expect(await hall.says('周岚', signupFor('A23'))).toBe(
      '周岚委员，已为您报名A23“重阳关爱”：9月26日（周六）9:00，惠民养老院。临时有事发“取消报名 A23”即可。',
    );
    expect(await hall.seats('A23')).toEqual(['M0001 attending 1']);
  });

  it('once: the same message gets the same answer, another one 您已报名', async () => {
    const first = await hall.reply('周岚', signupFor('A23'), { key: 'same' });
    expect(await hall.reply('周岚', signupFor('A23'), { key: 'same' })).toEqual(first);
    expect(await hall.says('周岚', signupFor('a23'))).toContain('周岚委员，您已报名A23');
    expect(await hall.seats('A23')).toEqual(['M0001 attending 1']);
  });

  it('wait in line when it is full, and hear their place', async () => {
    await hall.says('周岚', signupFor('A23', { extra: 1 }));
    expect(await hall.says('许知夏', signupFor('A23'), { key: 'same' })).toBe(
      '许知夏委员，A23“重阳关爱”名额已满，已为您登记候补，排在第1位；有空位会私下告诉您。',
    );
    expect(await hall.says('罗青禾', signupFor('A23'))).toContain('排在第2位');
    expect(await hall.says('许知夏', signupFor('A23'), { key: 'same' })).toContain('排在第1位');
    expect(await hall.says('许知夏', signupFor('A23'))).toContain('排在第1位');
    expect(await hall.seats('A23')).toEqual(['M0001 attending 2', 'M0003 waitlisted 1', 'M0005 waitlisted 1']);
  });

  it('tentatively, and later for certain', async () => {
    expect(await hall.says('周岚', signupFor('A23', { status: 'tentative' }))).toContain('名额先留着');
    expect(await hall.seats('A23')).toEqual(['M0001 tentative 1']);
    expect(await hall.says('周岚', signupFor('A23'))).toContain('您已报名');
    expect(await hall.seats('A23')).toEqual(['M0001 attending 1']);
  });

  it('for colleagues, each with a seat of their own and a private word', async () => {
    const { text, private: notices } = await hall.reply('周岚', signupFor('A23', { names: ['何静姝'] }), { key: 'e9' });
    expect(text.split('\n')).toEqual([
      expect.stringContaining('周岚委员，已为您报名A23'),
      '何静姝委员在A23“重阳关爱”的报名名单里，会私下告诉本人。',
    ]);
    expect(notices).toEqual([
      {
        memberId: 'M0011',
        key: 'signed_up_for_you:A23:e9:M0011',
        purpose: 'activity_notice',
        text: expect.stringContaining('周岚已代您报名A23'),
        card: { title: '重阳关爱', buttons: [{ label: '不去', says: '/取消报名 A23' }] },
      },
    ]);
    expect(await hall.seats('A23')).toEqual(['M0001 attending 1', 'M0011 attending 1']);
  });

  it('for a colleague alone, who brings others, and says who is in no roster', async () => {
    const spoken = signupFor('A23', { self: false, names: ['罗青禾', '查无此人'], extra: 1 });
    const { text } = await hall.reply('高文正', spoken, { key: 'e9' });
    expect(text).toContain('已为罗青禾委员报名A23“重阳关爱”（含随行共2人）。');
    expect(text).toContain('没有找到“查无此人”');
    expect(await hall.seats('A23')).toEqual(['M0005 attending 2']);
  });

  it('by keyword, by day, by the quoted announcement, or without a word when there is only one', async () => {
    expect(await hall.says('周岚', signupFor('重阳关爱活动'))).toContain('已为您报名A23');
    expect(await hall.says('许知夏', signupFor(null, { activity_date: '2026-09-26' }))).toContain('A23');
    expect(await hall.says('罗青禾', signupFor(null))).toContain('A23');
    await hall.says('丁若梅', { ...announcement, title: '社区义诊', place: '和平里社区' });
    expect(await hall.says('沈亦文', signupFor(null), { quoted: '已发起活动A24“社区义诊”：…' })).toContain('已为您报名A24');
  });

  it('and are asked which one when several fit, or told when none does', async () => {
    await hall.says('丁若梅', { ...announcement, title: '重阳座谈' });
    const text = await hall.says('周岚', signupFor('重阳'));
    expect(text).toContain('是哪一个活动？');
    expect(text).toContain('A23“重阳关爱”');
    expect(text).toContain('A24“重阳座谈”');
    expect(await hall.says('周岚', signupFor(null))).toContain('是哪一个活动？');
    expect(await hall.says('周岚', signupFor('读书会'))).toContain('没有找到对应的近期活动');
    expect(await hall.says('周岚', signupFor('A99'))).toContain('没有找到编号A99的活动');
    expect([...(await hall.seats('A23')), ...(await hall.seats('A24'))]).toEqual([]);
  });

  it('but not too late, not in too large a party, not with half the town', async () => {
    expect(await hall.says('周岚', signupFor('A23', { extra: 2 }))).toContain('一共2个名额，坐不下3人');
    expect(await hall.says('周岚', signupFor('A23', { extra: 51 }))).toContain('一次最多带50人');
    hall.moveTo('2026-09-24T18:00:00');
    expect(await hall.says('周岚', signupFor('A23'))).toContain('报名已经截止');
    hall.moveTo('2026-09-26T10:00:00');
    expect(await hall.says('周岚', signupFor('A23'))).toContain('活动正在进行');
    hall.moveTo('2026-09-28T10:00:00');
    expect(await hall.says('周岚', signupFor('A23'))).toContain('活动已经结束');
    expect(await hall.seats('A23')).toEqual([]);
  });
});

describe('a member cancels', () => {
  beforeEach(async () => {
    await hall.says('丁若梅', { ...announcement, capacity: 1 });
    await hall.says('周岚', signupFor('A23'));
    await hall.says('许知夏', signupFor('A23'), { key: 'w1' });
    await hall.says('罗青禾', signupFor('A23'));
  });

  it('and the seat goes to the first in line, who hears of it in private, once', async () => {
    const first = await hall.reply('周岚', cancellationOf('A23'), { key: 'c1' });
    expect(first.text).toBe('周岚委员，已为您取消A23“重阳关爱”的报名。');
    expect(first.private).toEqual([
      {
        memberId: 'M0003',
        key: 'seat_freed:A23:w1:M0003',
        purpose: 'seat_freed',
        text: expect.stringContaining('从候补转为正式报名'),
        activityId: 'A23',
        signupId: 'w1:M0003',
      },
    ]);
    expect(await hall.reply('周岚', cancellationOf('A23'), { key: 'c1' })).toEqual(first);
    expect(await hall.seats('A23')).toEqual(['M0003 attending 1', 'M0005 waitlisted 1']);
  });

  it('without saying which, when it is the only one, and is told when there is nothing to cancel', async () => {
    await hall.says('丁若梅', { ...announcement, title: '社区义诊' });
    expect(await hall.says('周岚', cancellationOf(null))).toContain('已为您取消A23');
    expect(await hall.says('周岚', cancellationOf(null))).toContain('您近期没有报名活动');
    expect(await hall.says('周岚', cancellationOf('A23'))).toContain('没有报名A23');
  });

  it('and may come back, at the end of the line', async () => {
    await hall.says('周岚', cancellationOf('A23'), { key: 'c1' });
    expect(await hall.says('周岚', signupFor('A23'))).toContain('排在第2位');
    expect(await hall.says('周岚', cancellationOf('A23'), { key: 'c1' })).toContain('已为您取消');
    expect(await hall.seats('A23')).toEqual(['M0003 attending 1', 'M0005 waitlisted 1', 'M0001 waitlisted 1']);
  });

  it('for somebody else only as convener, staff, or as the one who signed them up', async () => {
    expect(await hall.says('罗青禾', cancellationOf('A23', { self: false, names: ['周岚'] }))).toContain('要由本人、代报的人或召集人来管');
    expect((await hall.seats('A23'))[0]).toBe('M0001 attending 1');
    const { text, private: notices } = await hall.reply('何静姝', cancellationOf('A23', { self: false, names: ['周岚'] }));
    expect(text).toBe('已为周岚委员取消A23“重阳关爱”的报名。');
    expect(notices?.map(({ memberId, purpose }) => [memberId, purpose])).toEqual([
      ['M0001', 'activity_notice'],
      ['M0003', 'seat_freed'],
    ]);
  });

  it('until the activity begins', async () => {
    hall.moveTo('2026-09-25T10:00:00');
    expect(await hall.says('罗青禾', cancellationOf('A23'))).toContain('已为您取消');
    hall.moveTo('2026-09-26T09:00:00');
    expect(await hall.says('周岚', cancellationOf('A23'))).toContain('正在进行，不能取消');
    expect((await hall.seats('A23'))[0]).toBe('M0001 attending 1');
  });
});

describe('members ask about activities', () => {
  it('and hear that there is none, or which are coming with the seats left', async () => {
    expect(await hall.says('周岚', queryFor(null, 'list'))).toContain('近期还没有可以报名的活动');
    await hall.says('丁若梅', { ...announcement, capacity: 2 });
    await hall.says('韩立舟', { ...announcement, title: '座谈会', start: '2026-09-25', capacity: null, deadline: null });
    await hall.says('许知夏', signupFor('A23', { extra: 1 }));
    await hall.says('罗青禾', signupFor('A23'));
    expect(await hall.says('周岚', queryFor(null, 'list'))).toBe(
      [
        '近期活动：',
        'A24“座谈会” 9月25日（周五），惠民养老院，不限名额，已报0人',
        'A23“重阳关爱” 9月26日（周六）9:00，惠民养老院，名额2人，已满，可候补',
        '报名请发“报名 编号”。',
      ].join('\n'),
    );
  });

  it('and see time, place, seats and their own sign-up of one, nobody else’s', async () => {
    await hall.says('丁若梅', announcement);
    await hall.says('许知夏', signupFor('A23', { extra: 2 }));
    const card = await hall.says('周岚', queryFor('A23'));
    expect(card).toBe(
      [
        'A23“重阳关爱”（报名中）',
        '时间：9月26日（周六）9:00',
        '地点：惠民养老院',
        '报名：名额15人，还剩12人',
        '报名截止：9月24日（周四）18:00',
        '您的报名：还没有报名',
      ].join('\n'),
    );
    expect(await hall.says('许知夏', queryFor('重阳', 'my_status'))).toContain('您的报名：已报名（含随行共3人）');
    expect(card).not.toContain('许知夏');
  });

  it('and see all their own', async () => {
    await hall.says('丁若梅', announcement);
    expect(await hall.says('周岚', queryFor(null, 'my_status'))).toContain('您近期还没有报名活动');
    await hall.says('周岚', signupFor('A23', { status: 'tentative' }));
    expect(await hall.says('周岚', queryFor(null, 'my_status'))).toContain('A23“重阳关爱” 9月26日（周六）9:00，惠民养老院，已暂报');
  });
});

describe('bound work groups', () => {
  const made = { by: 'S0001', at: new Date('2026-09-01T10:00:00+08:00') };
  beforeEach(async () => {
    await hall.chatGroups.bind('yunchuan', { platform: 'wecom', chatId: 'wrWOMEN', sectors: ['women'] }, made);
    await hall.chatGroups.bind('yunchuan', { platform: 'dingtalk', chatId: 'cidWOMEN==', sectors: ['women', 'youth'] }, made);
  });

  it('hear of an activity of their sector that was announced elsewhere, each once', async () => {
    const { text, groups } = await hall.reply('丁若梅', announcement);
    expect(text).toContain('\n消息也会发到绑定的2个工作群。');
    expect(groups?.map(({ key }) => key).sort()).toEqual(['announced:A23:dingtalk:cidWOMEN==', 'announced:A23:wecom:wrWOMEN']);
    expect(groups?.[0]?.text).toContain('已发起活动A23“重阳关爱”');
    expect(groups?.[0]?.card?.buttons[0]?.says).toBe('/报名 A23');
    expect((await hall.reply('韩立舟', { ...announcement, sector: null })).groups).toBeUndefined();
  });

  it('give an activity their sector when none is named, and do not hear of it twice', async () => {
    await hall.chatGroups.bind('yunchuan', { platform: 'wecom', chatId: 'wrALL', sectors: ['youth'] }, made);
    const { groups } = await hall.reply('高文正', { ...announcement, sector: null });
    expect(await hall.activities.find('yunchuan', 'A23')).toMatchObject({ sector: 'youth' });
    expect(groups?.map(({ chatId }) => chatId)).toEqual(['cidWOMEN==']);
  });
});
