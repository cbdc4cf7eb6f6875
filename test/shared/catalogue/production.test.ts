import { describe, expect, it } from 'vitest';
import {
  DEFAULT_PRODUCTION_PATTERN,
  isProductionPattern,
  productionTest,
} from '../../../shared/catalogue/production.ts';

describe('production-like names', () => {
  const isProduction = productionTest(DEFAULT_PRODUCTION_PATTERN);
  it.each(['prod', 'payments-prod', 'payments_prod_2', 'PROD', 'My Production', 'prd-eu', 'eu.prod.1'])(
    'marks %s',
    (name) => expect(isProduction(name)).toBe(true),
  );
  it.each(['product-catalogue', 'reproduction', 'nonprod', 'preprod', 'staging', ''])(
    'leaves %s alone',
    (name) => expect(isProduction(name)).toBe(false),
  );
  it('takes the pattern of the person, and the default for one that is none', () => {
    expect(productionTest('^live-')('LIVE-eu')).toBe(true);
    expect(productionTest('^live-')('payments-prod')).toBe(false);
    expect(productionTest('(')('payments-prod')).toBe(true);
    expect(productionTest('')('payments-prod')).toBe(false);
    expect([isProductionPattern('('), isProductionPattern(''), isProductionPattern('x'.repeat(201))]).toEqual(
      [false, true, false],
    );
  });
});
