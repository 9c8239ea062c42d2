import { defenderAssessments } from '../../../shared/checks/defender/defender-assessments';
import type { Assessment } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const PROFILE = '56a83a6e-c417-42ec-b567-1e6fcb3d09a9';
const ADDON = '08e628db-e2ed-4793-bc91-d13e684401c3';
const OTHER = '1a2b5b4c-f80d-46e7-ac81-b51a9fb363de';

const assessment = (key: string, code: string, cause = ''): Assessment => ({ key, code, cause, description: '' });

const enableDefender =
  'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --enable-defender';
const enablePolicy =
  'az aks enable-addons --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --addons azure-policy';

describeCheck(defenderAssessments, {
  pass: [
    {
      when: 'all are Healthy',
      given: { assessments: [assessment(PROFILE, 'Healthy'), assessment(ADDON, 'healthy')] },
      says: `Defender for Cloud calls healthy: ${ADDON}, ${PROFILE}.`,
      watched: [],
    },
    {
      when: 'one is Healthy and the other NotApplicable',
      given: { assessments: [assessment(PROFILE, 'Healthy'), assessment(ADDON, 'NotApplicable', 'OffByPolicy')] },
      says: `Defender for Cloud calls healthy: ${PROFILE}; not applicable: ${ADDON} (OffByPolicy).`,
      watched: [],
    },
    {
      when: 'one that does not count is Unhealthy',
      given: {
        assessments: [assessment(PROFILE, 'Healthy'), assessment(ADDON, 'Healthy'), assessment(OTHER, 'Unhealthy')],
      },
      says: `Defender for Cloud calls healthy: ${ADDON}, ${PROFILE}.`,
      watched: [],
    },
  ],
  fail: [
    {
      when: 'one is Unhealthy',
      given: { assessments: [assessment(PROFILE, 'Unhealthy'), assessment(ADDON, 'Healthy')] },
      says: `Defender for Cloud calls unhealthy: ${PROFILE}.`,
      watched: [PROFILE],
      remediation: enableDefender,
    },
    {
      when: 'all are Unhealthy',
      given: { assessments: [assessment(PROFILE, 'Unhealthy'), assessment(ADDON, 'unhealthy')] },
      says: `Defender for Cloud calls unhealthy: ${ADDON}, ${PROFILE}.`,
      watched: [ADDON, PROFILE],
      remediation: `${enablePolicy} && ${enableDefender}`,
    },
    {
      when: 'one is Unhealthy and the code of the other new to us',
      given: { assessments: [assessment(PROFILE, 'Unhealthy'), assessment(ADDON, 'Pending')] },
      says: `Defender for Cloud calls unhealthy: ${PROFILE}.`,
      watched: [PROFILE],
    },
    {
      when: 'other keys count, written in any letter case',
      given: { assessments: [assessment(PROFILE, 'Healthy'), assessment(OTHER, 'Unhealthy')] },
      params: { keys: [OTHER.toUpperCase()] },
      says: `Defender for Cloud calls unhealthy: ${OTHER}.`,
      watched: [OTHER],
      remediation: `az security assessment list --subscription 11111111-1111-1111-1111-111111111111 --query "[?contains(id, '/c1/') && status.code=='Unhealthy']"`,
    },
  ],
  notApplicable: [
    {
      when: 'all that were assessed are NotApplicable, which is no pass',
      given: {
        assessments: [assessment(PROFILE, 'NotApplicable', 'OffByPolicy'), assessment(ADDON, 'NotApplicable')],
      },
      says: `Defender for Cloud says not applicable: ${ADDON} (no cause given), ${PROFILE} (OffByPolicy).`,
      watched: [],
    },
  ],
  unknown: [
    {
      when: 'none was assessed',
      given: { assessments: [] },
      reason: 'notEvaluated',
      says: `Defender for Cloud has not assessed ${ADDON}, ${PROFILE} for this cluster.`,
    },
    {
      when: 'none that counts was assessed',
      given: { assessments: [assessment(OTHER, 'Healthy')] },
      reason: 'notEvaluated',
      says: `Defender for Cloud has not assessed ${ADDON}, ${PROFILE} for this cluster.`,
    },
    {
      when: 'the row of one that counts is missing, which resolves nothing',
      given: { assessments: [assessment(PROFILE, 'Healthy')] },
      reason: 'notEvaluated',
      says: `Defender for Cloud has not assessed ${ADDON} for this cluster.`,
    },
    {
      when: 'a code is new to us',
      given: { assessments: [assessment(PROFILE, 'Pending'), assessment(ADDON, 'Healthy')] },
      reason: 'invalid',
      says: `properties.status.code is none that is known: "Pending" (${PROFILE}).`,
    },
  ],
});
