import { featureRetirement } from '../../../shared/checks/configuration/feature-retirement';
import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import { pool, unreadable, type Given } from '../../support/evidence';

const osm = { openservicemesh: { enabled: true } };
const trusting = (name: string, enableCustomCATrust = true): NodePool => pool({ name, enableCustomCATrust });
const pools = (...nodePools: NodePool[]): Given => ({ cluster: { nodePools } });

const UNSEEN = { nodePools: undefined } as unknown as Partial<Cluster>;
const NONE = 'No feature with an end date is in use.';
const OSM = 'The Open Service Mesh add-on will be retired on 2027-09-30';
const CA_ENDED = 'The custom CA trust flag of node pools was retired on 2026-09-14.';
const NAMES = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1';
const OSM_OFF = `az aks disable-addons ${NAMES} --name c1 --addons open-service-mesh`;
const distrust = (name: string): string =>
  `az aks nodepool update ${NAMES} --cluster-name c1 --name ${name} --disable-custom-ca-trust`;

describeCheck(featureRetirement, {
  pass: [
    { when: 'never set', given: {}, says: NONE, watched: [] },
    { when: 'a cluster has no pools', given: pools(), says: NONE },
    { when: 'the flag is off', given: pools(trusting('a', false)), says: NONE },
    {
      when: 'the add-on is off',
      given: { cluster: { addonProfiles: { openservicemesh: { enabled: false } } } },
      says: NONE,
    },
    {
      when: 'what retires is judged by other checks',
      given: {
        cluster: {
          addonProfiles: { httpapplicationrouting: { enabled: true } },
          ingressProfile: { webAppRouting: { enabled: true } },
          networkProfile: { networkPlugin: 'kubenet', networkPolicy: 'azure', loadBalancerSku: 'basic' },
        },
        pool: { osType: 'Windows', osSKU: 'Windows2019', type: 'AvailabilitySet' },
      },
      says: NONE,
    },
    {
      when: 'Open Service Mesh is on, long before its end',
      given: { cluster: { addonProfiles: osm } },
      says: `${OSM}, which is still far.`,
      dueOn: '2027-04-03T00:00:00.000Z',
      watched: ['openservicemesh'],
      remediation: OSM_OFF,
    },
    {
      when: 'two are in use, and the one that ends first decides the day',
      given: { cluster: { addonProfiles: osm, nodePools: [trusting('a')] } },
      now: '2026-03-17T23:59:59.999Z',
      says: `The custom CA trust flag of node pools will be retired on 2026-09-14, which is still far. ${OSM}, which is still far.`,
      dueOn: '2026-03-18T00:00:00.000Z',
      watched: ['customcatrustflag', 'openservicemesh'],
    },
  ],
  fail: [
    {
      when: 'the flag is on after its end, on one pool of several',
      given: pools(pool({ name: 'a' }), trusting('b')),
      says: CA_ENDED,
      watched: ['customcatrustflag'],
      remediation: distrust('b'),
    },
    {
      when: 'Open Service Mesh ends within half a year',
      given: { cluster: { addonProfiles: osm } },
      now: '2027-04-03T00:00:00.000Z',
      says: `${OSM}.`,
      dueOn: '2027-09-30T00:00:00.000Z',
      watched: ['openservicemesh'],
    },
    {
      when: 'one has ended and the other has not: both are told, and the next day is that of the other',
      given: { cluster: { addonProfiles: osm, nodePools: [trusting('a'), trusting('b')] } },
      says: `${CA_ENDED} ${OSM}, which is still far.`,
      dueOn: '2027-04-03T00:00:00.000Z',
      watched: ['customcatrustflag', 'openservicemesh'],
      remediation: `${distrust('a')} && ${distrust('b')} && ${OSM_OFF}`,
    },
    {
      when: 'one has ended and the pools could not be seen, on a stopped cluster',
      given: {
        cluster: { addonProfiles: osm, ...UNSEEN, powerState: { code: 'Stopped' } },
      },
      now: '2027-09-30T00:00:00.000Z',
      says: 'The Open Service Mesh add-on was retired on 2027-09-30.',
    },
  ],
  unknown: [
    {
      when: 'the flag is of the wrong kind, which must not pass',
      given: pools(unreadable('enableCustomCATrust', pool({ name: 'a' }))),
      says: 'enableCustomCATrust: expected a string, got a number.',
      reason: 'invalid',
    },
    {
      when: 'the pools could not be seen',
      given: { cluster: UNSEEN },
      says: 'properties.agentPoolProfiles is missing.',
      reason: 'notVisible',
    },
  ],
});
