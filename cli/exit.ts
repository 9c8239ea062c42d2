/** Exit codes. Where several hold, the order is usage, unpublished, failing, unread. */
export const EXIT = { done: 0, failing: 1, usage: 2, unread: 3, unpublished: 4 } as const;
