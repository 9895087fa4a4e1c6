import type { ContactMode } from '../reader/contact-mode';

/** How often each mode is used, in per cent, with the word members type. */
export const modeShares: readonly (readonly [{ mode: ContactMode; word: string }, number])[] = [
  [{ mode: 'visit', word: '走访' }, 48],
  [{ mode: 'symposium', word: '座谈' }, 14],
  [{ mode: 'phone', word: '电话' }, 11],
  [{ mode: 'online', word: '线上' }, 8],
  [{ mode: 'consult_meeting', word: '协商议事' }, 6],
  [{ mode: 'reception', word: '接待' }, 5],
  [{ mode: 'service', word: '服务' }, 4],
  [{ mode: 'other', word: '联系' }, 4],
];

export const subjects: readonly { words: string; topics: string[]; services: string[] }[] = [
  { words: '物业收费', topics: ['housing_property'], services: ['reflect_demands'] },
  { words: '停车难', topics: ['transport'], services: ['reflect_demands'] },
  { words: '老旧小区加装电梯', topics: ['housing_property', 'elderly_care'], services: ['pool_wisdom'] },
  { words: '慰问独居老人', topics: ['elderly_care'], services: ['practical_help'] },
  { words: '日间照料中心送餐', topics: ['elderly_care'], services: ['reflect_demands'] },
  { words: '课后服务', topics: ['education'], services: ['pool_wisdom'] },
  { words: '校门口接送拥堵', topics: ['education', 'transport'], services: ['reflect_demands'] },
  { words: '医保报销政策解读', topics: ['health'], services: ['publicise'] },
  { words: '慢病用药指导', topics: ['health'], services: ['practical_help'] },
  { words: '苹果滞销找销路', topics: ['agriculture_rural'], services: ['practical_help'] },
  { words: '灌渠维修', topics: ['agriculture_rural', 'infrastructure'], services: ['reflect_demands'] },
  { words: '小微企业贷款', topics: ['finance', 'business_environment'], services: ['reflect_demands'] },
  { words: '稳岗用工', topics: ['employment'], services: ['pool_wisdom'] },
  { words: '返乡青年创业', topics: ['youth', 'employment'], services: ['lead_by_example'] },
  { words: '河道垃圾', topics: ['environment'], services: ['reflect_demands'] },
  { words: '夜市噪音', topics: ['environment', 'urban_management'], services: ['build_consensus'] },
  { words: '邻里纠纷', topics: ['grassroots_governance'], services: ['build_consensus'] },
  { words: '普法宣讲', topics: ['rule_of_law'], services: ['publicise'] },
  { words: '文化下乡', topics: ['culture_tourism'], services: ['practical_help'] },
  { words: '残疾人就业', topics: ['disability', 'employment'], services: ['practical_help'] },
];

export const resultShares: readonly (readonly [string[], number])[] = [
  [['answered'], 45],
  [['forwarded'], 22],
  [['coordinating'], 13],
  [['to_opinion'], 8],
  [['resolved'], 7],
  [['no_issue'], 5],
];
