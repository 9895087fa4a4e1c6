const endings = /(?:公司|集团|厂|企业|合作社|商行|商场|超市|酒店|宾馆|饭店|农场|牧场|矿业?|商户|银行|物流|实业|车间)$/;

/** Whether a unit's name is that of an enterprise: not a school, hospital, care home or office. */
export const isEnterprise = (name: string): boolean => endings.test(name.trim());
