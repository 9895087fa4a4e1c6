import type { ContactMode } from '../reader/contact-mode';

/** Chinese labels of the reader's codes. */
export const modeLabels: Readonly<Record<ContactMode, string>> = {
  visit: '走访',
  symposium: '座谈',
  talk: '谈心',
  phone: '电话联系',
  online: '线上联系',
  reception: '接待',
  survey: '调研',
  inspection: '视察监督',
  consult_meeting: '协商议事',
  lecture: '宣讲',
  service: '服务活动',
  mediation: '调解',
  sector_activity: '界别活动',
  other: '其他方式联系',
};

export const serviceLabels: Readonly<Record<string, string>> = {
  publicise: '宣传阐释',
  build_consensus: '凝聚共识',
  pool_wisdom: '集中智慧',
  reflect_demands: '反映诉求',
  practical_help: '帮办实事',
  lead_by_example: '示范引领',
};

export const resultLabels: Readonly<Record<string, string>> = {
  answered: '已当场答复',
  resolved: '已解决',
  coordinating: '正在协调',
  forwarded: '已转交有关部门',
  to_opinion: '拟写社情民意',
  to_proposal: '拟写提案',
  no_issue: '没有问题',
};

/** Of the topic codes, for people who read a reading. */
export const topicLabels: Readonly<Record<string, string>> = {
  education: '教育',
  health: '医疗卫生',
  elderly_care: '养老',
  childcare: '托育',
  employment: '就业',
  social_security: '社会保障',
  housing_property: '住房物业',
  transport: '交通停车',
  urban_management: '城市管理',
  environment: '生态环境',
  agriculture_rural: '农业农村',
  infrastructure: '基础设施',
  industry: '产业',
  business_environment: '营商环境',
  sci_tech: '科技',
  culture_tourism: '文旅',
  sports: '体育',
  rule_of_law: '法治',
  grassroots_governance: '基层治理',
  ethnic_religious: '民族宗教',
  youth: '青年',
  women_children: '妇女儿童',
  disability: '残疾人',
  labour_rights: '劳动权益',
  food_drug_safety: '食药安全',
  work_safety: '安全生产',
  digital: '数字化',
  finance: '金融',
  overseas_hkmt: '港澳台侨',
  theory_policy: '理论政策',
  charity_relief: '慈善救助',
  veterans: '拥军优抚',
  other: '其他',
};

const joined = (labels: Readonly<Record<string, string>>, codes: readonly string[]): string =>
  codes.map((code) => labels[code] ?? code).join('、');

export const serviceText = (codes: readonly string[]): string => joined(serviceLabels, codes);
export const topicText = (codes: readonly string[]): string => joined(topicLabels, codes);
export const resultText = (codes: readonly string[]): string => joined(resultLabels, codes);

/** '2026-09-22' → '9月22日'; with its year when that is not `year`, the one in which it is read. */
export function dayText(day: string, year = day.slice(0, 4)): string {
  const short = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return day.startsWith(year) ? short : `${day.slice(0, 4)}年${short}`;
}
