/** What `date_default_timezone_set` sets. */
export const zone = { name: 'UTC' };
