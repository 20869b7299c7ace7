import type { Api } from '../hooks/api.ts';
import { useCallingCode } from '../hooks/use-calling-code.ts';
import { Flex, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

/** Signs HubSpot's calling window in as this rep: once a week, by a code that is typed there. */
export function SignInToCall({ api }: { api: Api }) {
  const { busy, trouble, code, ask } = useCallingCode(api);
  if (trouble) return <Refused why={trouble} onRetry={() => void ask()} />;
  if (code)
    return (
      <Flex direction="column" gap="xs">
        <Text format={{ fontWeight: 'bold' }}>{code.code}</Text>
        <Text>Type this into the calling window within five minutes. It works once.</Text>
      </Flex>
    );
  return (
    <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void ask()}>
      Sign in to call
    </LoadingButton>
  );
}
