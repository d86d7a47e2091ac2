/** The modes of mb_convert_case. */
export const MB_CASE_FOLD = 3;
export const MB_CASE_FOLD_SIMPLE = 7;
export const MB_CASE_LOWER = 1;
export const MB_CASE_LOWER_SIMPLE = 5;
export const MB_CASE_TITLE = 2;
export const MB_CASE_TITLE_SIMPLE = 6;
export const MB_CASE_UPPER = 0;
export const MB_CASE_UPPER_SIMPLE = 4;
