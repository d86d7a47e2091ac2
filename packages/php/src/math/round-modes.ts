export const PHP_ROUND_HALF_UP = 1;
export const PHP_ROUND_HALF_DOWN = 2;
export const PHP_ROUND_HALF_EVEN = 3;
export const PHP_ROUND_HALF_ODD = 4;
