import { defenderSensor } from '../../../shared/checks/defender/defender-sensor';
import type { Cluster } from '../../../shared/model/cluster';
import type { Assessment } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const profile = (enabled: boolean): Partial<Cluster> => ({
  securityProfile: { defender: { securityMonitoring: { enabled } } },
});
const assessment = (code: string, key = '56a83a6e-c417-42ec-b567-1e6fcb3d09a9'): Assessment => ({
  key,
  code,
  cause: '',
  description: '',
});

const helm = 'The Defender profile is off, but Defender for Cloud finds its sensor: installed by Helm.';

describeCheck(defenderSensor, {
  pass: [
    {
      when: 'the profile is on',
      given: { cluster: profile(true), assessments: [] },
      says: 'The Defender sensor is enabled.',
      watched: null,
    },
    {
      when: 'the profile is on, whatever the assessment still says',
      given: { cluster: profile(true), assessments: [assessment('Unhealthy')] },
      says: 'The Defender sensor is enabled.',
    },
    {
      when: 'the profile is off and the assessment Healthy',
      given: { cluster: profile(false), assessments: [assessment('Healthy')] },
      says: helm,
      watched: null,
    },
    {
      when: 'the profile is off and the assessments cannot be read today, but it was Healthy when they were',
      given: { cluster: profile(false) },
      history: { assessment: 'Healthy' },
      says: helm,
      remember: { assessment: 'Healthy' },
    },
    {
      when: 'the profile is off and the Healthy assessment is left out of the answer today',
      given: { cluster: profile(false), assessments: [] },
      history: { assessment: 'Healthy' },
      says: helm,
    },
    {
      when: 'the profile was never set and the assessment is Healthy',
      given: { assessments: [assessment('healthy')] },
      says: helm,
    },
  ],
  fail: [
    {
      when: 'never set, and the assessments were not read',
      given: {},
      says: 'The Defender sensor is not enabled.',
      watched: null,
    },
    {
      when: 'the profile is off and there is no assessment',
      given: { cluster: profile(false), assessments: [] },
      says: 'The Defender sensor is not enabled.',
    },
    {
      when: 'the profile is off and the assessment is no longer Healthy',
      given: { cluster: profile(false), assessments: [assessment('Unhealthy')] },
      history: { assessment: 'Healthy' },
      says: 'The Defender sensor is not enabled.',
      remember: { assessment: 'Unhealthy' },
    },
    {
      when: 'the profile is off and the assessment Unhealthy',
      given: { cluster: profile(false), assessments: [assessment('Unhealthy')] },
      says: 'The Defender sensor is not enabled.',
    },
    {
      when: 'the profile is off and the assessment NotApplicable',
      given: { cluster: profile(false), assessments: [assessment('NotApplicable')] },
      says: 'The Defender sensor is not enabled.',
    },
    {
      when: 'another assessment is Healthy',
      given: { assessments: [assessment('Healthy', '08e628db-e2ed-4793-bc91-d13e684401c3')] },
      says: 'The Defender sensor is not enabled.',
    },
    {
      when: 'only the workspace is set',
      given: { cluster: { securityProfile: { defender: { logAnalyticsWorkspaceResourceId: '/w' } } } },
      says: 'The Defender sensor is not enabled.',
    },
  ],
});
