// Joins the names of classes, leaving out what does not apply.
export const classes = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
