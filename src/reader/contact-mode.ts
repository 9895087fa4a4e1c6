/** How constituents were met; words for each stand in config/vocabulary/modes.yaml. */
export type ContactMode =
  | 'visit'
  | 'symposium'
  | 'talk'
  | 'phone'
  | 'online'
  | 'reception'
  | 'survey'
  | 'inspection'
  | 'consult_meeting'
  | 'lecture'
  | 'service'
  | 'mediation'
  | 'sector_activity'
  | 'other';
