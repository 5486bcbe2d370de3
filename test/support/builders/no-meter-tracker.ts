// Builds the answer of the lookup for an event whose name fits no meter: the scenario asserts it, and the command line explains it.

export const noMeterTracker = (customer: object, eventName: string): object => ({
  customer_lookup: { status: 'found', customer },
  meter_matching: { status: 'not_found' },
  price_lookup: { status: 'unprocessed' },
  subscription_line_item_lookup: { status: 'unprocessed' },
  failure_point: {
    failure_point_type: 'meter_lookup',
    error: {
      code: 'not_found',
      message: `No meters found matching event_name: ${eventName}`,
      http_status_code: 404,
    },
  },
});
