import type { CppccBody, Member } from '../../src/organisation/member';

const person = (
  [id, name, userId]: [id: string, name: string, userId: string],
  sector: string | null,
  roles: Member['roles'] = ['member'],
): Member => ({
  id,
  name,
  sector,
  roles,
  standing: false,
  active: true,
  joinedOn: '2022-01-10',
  identities: [{ platform: 'wecom', userId }],
  exemptions: [],
});

/** Fictional members, and one of the office. */
export const roster: readonly Member[] = [
  person(['M0001', '周岚', 'zhoulan'], 'education'),
  person(['M0002', '韩立舟', 'hanlizhou'], 'economy', ['member', 'convener']),
  person(['M0003', '许知夏', 'xuzhixia'], 'health'),
  person(['M0004', '马振川', 'mazhenchuan'], 'acfic', ['member', 'convener']),
  person(['M0005', '罗青禾', 'luoqinghe'], 'agriculture'),
  person(['M0006', '沈亦文', 'shenyiwen'], 'social_sci'),
  person(['M0007', '郑怀远', 'zhenghuaiyuan'], 'sci_tech'),
  person(['M0008', '丁若梅', 'dingruomei'], 'women', ['member', 'convener']),
  person(['M0009', '田小禾', 'tianxiaohe'], 'youth'),
  person(['M0010', '白雪峰', 'baixuefeng'], 'env_res'),
  person(['M0011', '何静姝', 'hejingshu'], 'education', ['member', 'convener']),
  person(['M0012', '顾长林', 'guchanglin'], 'special'),
  person(['S0001', '高文正', 'gaowenzheng'], null, ['staff']),
];

const sector = (code: string, name: string, aliases: string[] = []) => ({ code, name, aliases, seats: 10 });

export const body: CppccBody = {
  id: 'yunchuan',
  name: '政协云川市委员会',
  zone: 'Asia/Shanghai',
  scheme: 'gs-ws',
  mentions: ['政协小助手', '履职助手', '联络小秘'],
  sectors: [
    sector('education', '教育界', ['教育']),
    sector('economy', '经济界', ['经济']),
    sector('health', '医药卫生界', ['医卫']),
    sector('acfic', '工商联'),
    sector('agriculture', '农业界', ['农业']),
    sector('social_sci', '社会科学界', ['社科']),
    sector('sci_tech', '科学技术界', ['科技']),
    sector('women', '妇联'),
    sector('youth', '共青团和青联', ['共青团', '青联']),
    sector('env_res', '环境资源界', ['环资']),
    sector('special', '特别邀请人士', ['特邀']),
  ],
  places: ['红柳社区', '东湖里社区', '和平里社区', '月牙湾社区', '凤栖园小区', '桃源沟村', '马头村', '北街早市'],
  organisations: ['启航机械厂', '瑞禾农业科技公司', '绿源合作社', '云川纺织厂', '北辰软件园', '春晖小学', '惠民养老院'],
};

export const groups = [{ chatId: 'wrALL', name: '政协委员工作群', members: roster.map((member) => member.identities[0]!.userId) }];
