import { fail, pass, type Verdict } from '../model/check';
import type { Cluster, NodePool } from '../model/cluster';
import type { Json } from '../model/json';
import { count } from '../model/params';
import { HOUR, isoAfter } from './facts';
import { sinceWhen } from './since';
import { missing } from './unknowns';

/** Longer than the upgrade of a large cluster takes. */
export const MAX_HOURS = count(24, 'Hours: how long a change may take', { min: 1, max: 720 });

interface Question {
  /** Where the state stands in an ARM body. */
  readonly property: string;
  /** The command that ends an operation that never ends by itself. */
  readonly abort: string;
  readonly history: Json;
  readonly maxHours: number;
  readonly now: Date;
}

/** The last operation on a cluster or a node pool: done, failed, given up, or under way for how long. */
export function judgeProvisioning(
  { provisioningState: state, status }: Pick<Cluster | NodePool, 'provisioningState' | 'status'>,
  { property, abort, history, maxHours, now }: Question,
): Verdict {
  if (state === undefined || state === '') {
    return missing(property);
  }
  const since = sinceWhen(state, history, now).toISOString();
  const error = status?.provisioningError?.message ?? null;
  const said = {
    observed: { provisioningState: state, provisioningError: error },
    remember: { state, since },
  };
  switch (state.toLowerCase()) {
    case 'succeeded':
      return pass('The provisioning state is Succeeded.', said);
    case 'failed':
      return fail(`The provisioning state is Failed${error === null ? '.' : `: ${error}`}`, said);
    case 'canceled':
      return fail('The provisioning state is Canceled.', { ...said, severity: 'medium' });
  }
  const found = `The provisioning state has been ${state} since ${since}`;
  const dueOn = isoAfter(new Date(since), maxHours * HOUR);
  return now.toISOString() < dueOn
    ? pass(`${found}, which is normal for up to ${maxHours} hours.`, { ...said, dueOn })
    : fail(`${found}, longer than ${maxHours} hours.`, { ...said, severity: 'medium', remediation: abort });
}
