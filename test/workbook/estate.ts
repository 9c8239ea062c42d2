import { CATALOGUE } from '../../shared/checks';
import { SEVERITIES } from '../../shared/model/check';
import { SCANS } from '../../shared/model/scan';
import { compliance, days, drift, run, type Chosen, type Tables } from './rows';

const CLUSTERS = 1000;
const POOLS = 4;
const SUBSCRIPTIONS = 100;

const TRANSITIONS = ['baseline', 'regressed', 'worsened', 'resolved', 'changed', 'removed', 'clusterAppeared'];
const OUTCOMES = ['fail', 'pass', 'unknown', 'pass', 'fail', 'notApplicable', 'pass'];

const upTo = (count: number): number[] => [...Array(count).keys()];
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Every fifth check: how many rows there are hangs on clusters and pools. */
const checks = CATALOGUE.filter((_, index) => index % 5 === 0);

/** A thousand clusters of four pools in a hundred subscriptions, of 300 owners: a third fails, and every finding has a date. */
export const ESTATE: Tables = {
  AksCompliance_CL: upTo(CLUSTERS).flatMap((cluster) =>
    checks.flatMap(({ id, scan, grain, controls, checklistItem }, place) =>
      upTo(grain === 'nodePool' ? POOLS : 1).map((pool) =>
        compliance({
          ClusterName: `aks-${cluster}`,
          SubscriptionId: `s-${cluster % SUBSCRIPTIONS}`,
          NodePool: grain === 'nodePool' ? `pool${pool}` : null,
          CheckId: id,
          Scan: scan,
          Controls: controls,
          ChecklistItem: checklistItem,
          Severity: pick(SEVERITIES, cluster + place),
          Outcome: pick(OUTCOMES, cluster + place + pool),
          Owner: `owner ${cluster % 300}`,
          Exempt: cluster % 3 === 0,
          ExemptionExpiresOn: days(cluster % 200),
          DueOn: days((cluster * 7 + place) % 400),
          RemediateBy: days((cluster % 60) - 30),
        }),
      ),
    ),
  ),
  AksDrift_CL: upTo(12_000).map((index) =>
    drift({
      EventId: `e${index}`,
      ClusterName: `aks-${index % CLUSTERS}`,
      Transition: pick(TRANSITIONS, index),
      ObservedAt: days(-(index % 2800) / 100),
    }),
  ),
  AksMonitorRun_CL: upTo(SUBSCRIPTIONS).flatMap((subscription) =>
    SCANS.map((Scan) =>
      run({
        Scan,
        SubscriptionId: `s-${subscription}`,
        Status: 'partial',
        Unread: upTo(5).map((at) => ({
          source: 'clusters',
          scope: `scope ${at}`,
          reason: 'forbidden',
          lastReadAt: null,
        })),
      }),
    ),
  ),
};

const [check] = checks.filter(({ grain }) => grain === 'nodePool');

/** What was clicked, so that the lists behind the first grids fill too. */
export const ESTATE_CHOICE: Chosen = {
  CoverageUnread: 'configuration|clusters|forbidden',
  OverviewItem: check?.checklistItem ?? '',
  ChecklistItem: check?.checklistItem ?? '',
  ChecklistCheck: check?.id ?? '',
  Framework: 'mcsb',
};
