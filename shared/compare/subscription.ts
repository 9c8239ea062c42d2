import type { ScanRequest } from '../model/scan';
import type { StateHeader, SubscriptionNews, Transition } from '../model/state';
import { subjectEvent, type CompareContext } from './compare';

/**
 * What a run has to tell of a subscription as a whole; null: nothing.
 * It appeared with the first state that is saved of it. It is lost when neither it nor its clusters can be listed any more: once, until its clusters can.
 * @param header before this run. @param clustersUnread whether its clusters could not be listed.
 */
export function subscriptionNews(
  { scan, listing, requestedAt }: ScanRequest,
  { sequence, lostAt, listedAt }: StateHeader,
  clustersUnread: boolean,
): SubscriptionNews | null {
  if (scan !== 'configuration' || listing === undefined) {
    return null;
  }
  if (listing === 'new') {
    return sequence === 0 ? 'subscriptionAppeared' : null;
  }
  // A request may have waited until the subscription was back.
  const isOutdated = listedAt !== null && Date.parse(listedAt) > Date.parse(requestedAt);
  return clustersUnread && lostAt === null && !isOutdated ? 'subscriptionLost' : null;
}

/** @param name of the subscription, or its id. */
export function subscriptionEvent(
  news: SubscriptionNews,
  name: string,
  context: Pick<CompareContext, 'now' | 'eventId'>,
): Transition {
  const message = {
    subscriptionAppeared: `Subscription ${name} appeared.`,
    subscriptionLost: `Subscription ${name} is no longer listed, and its clusters cannot be listed either: it is gone, or the monitor lost its role on it.`,
  }[news];
  return subjectEvent(news, null, message, context);
}
