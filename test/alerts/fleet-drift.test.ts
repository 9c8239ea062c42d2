import { alertsOf, describeRule } from './describe-rule';
import { RESOLVED, state, type Sent } from './rows';

const CHECK = 'local-accounts-disabled';

/** The same check on so many clusters, each with two failing pools where it is about pools. */
function alike(count: number, columns: Parameters<typeof state>[1] = {}, at = '2 03:00', check = CHECK): Sent[] {
  return Array.from({ length: count }, (_, index) => state({ at, check, cluster: `aks-${index + 1}` }, columns));
}

const FLEET = 'local-accounts-disabled/regressed/2026-11-02 local-accounts-disabled regressed 2026-11-02';

describeRule('fleet-drift', [
  { when: '20 clusters changed alike', rows: alike(20), alerts: [] },
  { when: '21 clusters changed alike', rows: alike(21), alerts: [`${FLEET}: 2 03:15`] },
  {
    when: 'the 21st is in another subscription and has the same name',
    rows: [...alike(20), state({ at: '2 03:00', check: CHECK, cluster: 'aks-1', subscription: 'another' })],
    alerts: [`${FLEET}: 2 03:15`],
  },
  {
    when: '21 subscriptions lost the Defender plan',
    rows: Array.from({ length: 21 }, (_, index) =>
      state({ at: '2 03:00', check: 'defender-plan', cluster: null, subscription: `subscription-${index}` }),
    ),
    alerts: ['defender-plan/regressed/2026-11-02 defender-plan regressed 2026-11-02: 2 03:15'],
  },
  { when: '21 node pools of one cluster', rows: pools(21), alerts: [] },
  {
    when: 'the 21st changed on another day',
    rows: [...alike(20), ...alike(1, {}, '3 03:00').map(renamed)],
    until: '4 00:00',
    alerts: [],
  },
  {
    when: 'one of 21 is mended',
    rows: [...alike(21), state({ at: '2 09:00', check: CHECK, cluster: 'aks-1' }, RESOLVED)],
    alerts: [`${FLEET}: 2 03:15 to 2 09:45`],
  },
  { when: '21 are exempt', rows: alike(21, { Exempt: true }), alerts: [] },
  {
    when: '21 API servers were opened, which several checks see',
    rows: [
      ...alike(21, {}, '2 03:00', 'api-authorized-ip-ranges'),
      ...alike(21, { Value: { authorizedIPRanges: [] } }, '2 03:00', 'api-private-cluster'),
    ],
    alerts: ['api-server-opened/regressed/2026-11-02 api-server-opened regressed 2026-11-02: 2 03:15'],
  },
]);

function pools(count: number): Sent[] {
  return Array.from({ length: count }, (_, index) =>
    state({ at: '2 03:00', check: 'node-public-ip', pool: `np${index + 1}` }),
  );
}

function renamed(sent: Sent): Sent {
  return { ...sent, row: { ...sent.row, ClusterId: 'another', ClusterName: 'another' } };
}

const OF_CHECK = {
  drift: CHECK,
  'api-server-opened': 'api-authorized-ip-ranges',
  'node-image-beyond-grace': 'node-image-current',
  'defender-or-policy-off': 'defender-sensor',
};

describe.each(Object.entries(OF_CHECK))('%s', (rule, check) => {
  it('has an alert for each of 20 alike, and none when they are more: they are one of the fleet', () => {
    expect(alertsOf(rule, alike(20, {}, '2 03:00', check), '2 04:00')).toHaveLength(20);
    expect(alertsOf(rule, alike(21, {}, '2 03:00', check), '2 04:00')).toEqual([]);
    expect(alertsOf('fleet-drift', alike(21, {}, '2 03:00', check), '2 04:00')).toHaveLength(1);
  });
});
