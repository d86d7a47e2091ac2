/** How `sort` and its kin compare. */
export const SORT_REGULAR = 0;
export const SORT_NUMERIC = 1;
export const SORT_STRING = 2;
export const SORT_DESC = 3;
export const SORT_ASC = 4;
export const SORT_LOCALE_STRING = 5;
export const SORT_NATURAL = 6;
export const SORT_FLAG_CASE = 8;
