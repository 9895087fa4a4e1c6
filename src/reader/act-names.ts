/** The words of `S`, which stands for a list of names with blanks between them. */
type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;

const named = <S extends string>(...names: readonly S[]): Words<S>[] => names.join(' ').split(' ') as Words<S>[];

/** The classes of ways of saying something, by the file of config/vocabulary that holds them; the rules name the class. */
export const classesOf = {
  acts: named(
    'withdraw restore withhold everything unchanged finished minutes announced held attended away exhort everybody cannot',
    'own_duty unable explain mute excuse reminding assistant complain suggest offices',
  ),
  'said-of-demands': named(
    'demand how_many looked_after is_mended days_back_or_today judged demand_state case_closed_asked case_asked not_of_cases',
    'case_state promise_or_seat case_moves that_matter promised promise_done promise_due promises keeps_promise',
    'promises_first pleads elders dealt_with mild_danger at_a_loss calls_for_help of_the_people urgent_otherwise not_satisfied',
    'rather_satisfied satisfied do_again promise_broken due_after due_before case_reopened case_declined case_returned',
    'case_deferred case_redirected case_in_progress case_resolved case_fed_back case_archived case_answered_on_spot',
    'called_back case_assigned case_accepted before_that_day promised_to promised_then case_trails_off case_led_in',
    'case_asked_so put_on_file urgent_first who_reports some_office handled_by hands_on kind_of_office known_demand',
    'demand_followed',
  ),
  'said-of-activities': named(
    'opens has_seats differs given_away the_activity amends bare_change minutes_head came activity_or_meeting chain',
    'over_and_done notice_of signing_up_stopped altered minutes_wanted something_of_mine due_or_there urged own_sign_up',
    'that_record seats_first coming not_coming will_come puts_down was_there moved alters joins launching asked_of_activity',
    'list_or_still of_figures_or_leave signs_up_now of_signing_up which_activities my_last when_is_it asks_if_signed_up',
    'opinion_words signed_up_state paper_or_progress may_one_join put_me_down i_join what_is_planned details_wanted',
    'coming_activities arranges past_done invites launches_first launch_words ends_done attendance_head members_came',
    'came_at_all stayed_away leave_words bare_cancel signed_up_undone me_or_for i_sign_up i_drop_in done_mark',
    'activity_cancelled activity_meeting days_back originally i_am_off sign_up_words keep_a_seat i_go i_report_for i_bring',
    'days_ahead i_put_my_name i_go_plainly me_in_list go_so_many go_at_end count_me this_or_next_week about_activity',
    'activity_words giving given_by limit_word seats_counted announced_so just_before closing_before closing_after',
    'weekday_word last no_limit more_seats fewer_seats becomes not_a_place hall_end company brings_me we_so_many',
    'the_two_of_us adds_more alone name_and place_end my_sign_up who seats_asked time_or_place_asked came_before',
    'constituent_words all_came away_in_list unsure tentative for_me called_off put_off goes_on_as_planned just_opened',
    'put_off_only of_the_activity forward for_other_people i_stay_away i_too goes_together tells_later somebody_away',
    'somebody_comes absent on_leave held_tail at_or_to in_quotes that_activity activity_kind new_title place_edges',
    'reason_told no_title title_labelled comes_for sign_up_verbs stray_words stepping_back because brings so_many_in_all',
    'brought roll_tail unnamed_activity title_tail title_separators list_please kept_of_it came_so_many list_wanted',
    'away_for_long some_time tail_begins stays_away_if off_for_now asks_if_off on_again reopens_sign_up puts_out differs_now',
    'comes_if we_come quoted_filler of_an_activity put_down_for names_so_many not_settled_yet says_away',
  ),
  'said-of-progress': named(
    'own_family of_others asks_why resumes says_stop to_me reminds_others still_open asks_if_counts asks_who asks_demanded',
    'voices for_some_time some_activity forgot not_of_todo asks_if_counts_plainly of_one_contact of_progress',
    'opinion_or_proposal feedback_waiting feedback_wish own_list how_many_of last_contact asks_when sum_up_period',
    'look_up_contacts not_done as_a_paper done_this_period unfinished_ones who_is_behind report_wanted sign_up_or_deputy',
    'report_handed kept_ones take_out_contacts went_where look_up_records asks_for_records how sector_state progress_asked',
    'whole_body i_met own_sector who_of_all stop_reminding remind_again why_reminded mute_asked explains yearly yearly_report',
    'metric_ranking metric_behind_list metric_remaining metric_distinct_enterprises metric_distinct_places metric_households',
    'metric_demands metric_remarks metric_activities_attended state_of_period metric_person_times metric_opinions',
    'metric_proposals metric_sector_activities metric_events rule_asked_so because_of_it deferral_joints deferral_asked',
    'period_words report_led_in please_first report_forms sent_to_me asks_may rule_subject keeps_first keeps_last',
  ),
  'said-of-opinions': named(
    'opinion_thing titled adopted hoped_adoption opinion_asked how_many_opinions opinion_state proposal_lead opinion_told',
    'opinion_wish progress_or_done instructed alone_adopted adopted_with_others opinion_state_words suggesting problem_label',
    'suggestion_label trouble micro_suggestion level_national level_province level_city level_county level_district',
    'about_title title_label opinion_behind opinion_led_in opinion_about that_opinion known_piece piece_asked',
  ),
  'said-of-records': named(
    'is_done record_meant promise activities_wanted look_up take_away put_right me some_period shift_activity papers',
    'record_word record_tail how_to_record other_thing of_recording promise_noted records_for points_back changes of_records',
    'twice activity_or_sign_up withdrawing wrong_so_change wrong_number takes_back of_a_record within_it take_off',
    'add_to_record corrects_first correcting wrongly_written said_otherwise quoted_contact adds_people counted_too_many takes_people_off',
    'too_few new_count new_mode under_their_name of_a_member result_words handling forgotten_then day_afterwards',
    'behind_not_before once_more no_result result_none others_doing with_me supposed about_to papers_of several_told says_record not_by_me',
    'matter_begins visit_done field_labels some_done later_then not_held because_of goes_on_after pointed_at that_one',
    'pointed_behind is_now all_of_them alike withdrawn_because not_my_own recorded_for trails_off new_place changed_to',
    'affirmed of_our_family others_act other_people that_day_first did_not_come just_now numbers_other bare_restore slip asks_for_more',
    'people_wanted mode_wanted place_wanted date_wanted no_answer answers_place a_day_off same_day_last_month nth_of_list',
    'last_of_list this_one led_by',
  ),
  'said-of-use': named(
    'unable_to_come others_or_maybe asks_for_list seat_words opens_new puts_off_first',
    'said_wrong more_help asks_how more_or_all feedback_question steps_back asks_of_thing',
  ),
  'said-of-questions': named(
    'me_not_us ends_asking asks_plainly took_place asks_if_kept met_nobody talked_with with_someone meant_to intends going_there asks what',
  ),
  'said-of-places': named(
    'behind_sector behind_staff home_of said_to_be handed_to called_upon coordinated called_for office_end',
    'open_air matter_of talked_over in_company_of went_along along_with together_with business joined_to sector_led_in',
    'no_sector_name goes_to calls_on behind_spot met_behind numbered_school built_for building_only no_bare_name never_a_spot lives_there',
    'no_name_so',
  ),
  'said-of-people': named(
    'their_kin and_also whole_family people_label called_both times_label met_them stock aside plus_more beside_each_other',
    'turn_gap weak_titles behind_short_title before_short_title before_lone_name behind_lone_name before_name behind_name',
    'companion_words',
    'called_then trade count_ends leads_to_count mouths_before no_people village_end terrain two_of_things family_counted',
    'a_family i_with they_went in_each places_counted called_by_work sitting with_whom calls_upon',
    'who_are_so including_us each_turn building_before met_plainly in_fact once_again_of ours_included',
    'someone we_before each_before among_before total_before rough_after rough_before_tens rough_before',
    'beside_names',
    'kind_label',
  ),
  'said-of-telling': named(
    'handed_over passes_on passes_nothing_on hoped_for introduces_words goes_on_telling negated_so number_label not_yet',
    'went_there went_round helped_doing done_for on_the_way no_car_before no_car_after form_with_strokes shown_as_example',
    'quoted_to_record how_it_is_written form_is_asked i_did_so_record passed_on reported but_i hearsay takes_back_first courteous courtesy notice',
    'calls_first rule_for_all deep_night only_units company_behind company_before blank_form handed_to_office handed_over_to',
  ),
} as const;

export type Act = (typeof classesOf)[keyof typeof classesOf][number];
