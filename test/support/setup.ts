// A zone that is neither UTC nor whole hours from it: date arithmetic that leaks local time fails
// here.
process.env.TZ = 'Australia/Adelaide';
