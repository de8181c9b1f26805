# Completion of cogid for PowerShell. Made by: python -m cogid.completion
# To load it: cogid completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName cogid -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Words and what they are about, in turn.
    $commands = @('create-identity-pool', 'Make a pool', 'delete-identities', 'Delete identities, any number of them', 'delete-identity-pool', 'Delete a pool and its identities', 'describe-identity', 'Show an identity''s logins and dates', 'describe-identity-pool', 'Show a pool''s settings', 'get-credentials-for-identity', 'Get temporary AWS credentials', 'get-id', 'Get the identity of a user or guest', 'get-identity-pool-roles', 'Show a pool''s roles and role mappings', 'get-open-id-token', 'Get an OpenID token for STS (classic flow)', 'get-open-id-token-for-developer-identity', 'Register or sign in a user of your own', 'get-principal-tag-attribute-map', 'Show which claims become session tags', 'list-identities', 'List the identities of a pool', 'list-identity-pools', 'List the pools of a region', 'list-tags-for-resource', 'Show a pool''s tags', 'lookup-developer-identity', 'Find an identity by your user id, or back', 'merge-developer-identities', 'Make two of your users one identity', 'set-identity-pool-roles', 'Replace a pool''s roles and role mappings', 'set-principal-tag-attribute-map', 'Choose which claims become session tags', 'tag-resource', 'Put tags on a pool', 'unlink-developer-identity', 'Take one of your users off an identity', 'unlink-identity', 'Take a public login off an identity', 'untag-resource', 'Take tags off a pool', 'update-identity-pool', 'Replace a pool''s settings', 'help', 'Show help on a command or topic', 'completion', 'Print the completion script of a shell', 'local', 'Run Cognito identity pools on this machine, without an account')
    # The flags of each command; an operation takes the global ones as well.
    $flagsOf = @{
        'create-identity-pool' = @('--identity-pool-name', 'A name for the pool, for people to read', '--allow-unauthenticated-identities', 'Whether guests get identities too', '--no-allow-unauthenticated-identities', 'The opposite of --allow-unauthenticated-identities', '--allow-classic-flow', 'Whether get-open-id-token may be used', '--no-allow-classic-flow', 'The opposite of --allow-classic-flow', '--supported-login-providers', 'Public providers, and your app''s id there', '--developer-provider-name', 'A name for your own login', '--open-id-connect-provider-arns', 'The ARNs of OpenID Connect providers in IAM', '--cognito-identity-providers', 'Cognito user pools and their app clients', '--saml-provider-arns', 'The ARNs of SAML providers in IAM', '--identity-pool-tags', 'Labels for the pool', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'delete-identities' = @('--identity-ids-to-delete', 'The identities to delete: any number, sent 60 at a time', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'delete-identity-pool' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'describe-identity' = @('--identity-id', 'The identity''s id, REGION:GUID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'describe-identity-pool' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-credentials-for-identity' = @('--identity-id', 'The identity''s id, REGION:GUID', '--logins', 'Logins, PROVIDER=TOKEN', '--custom-role-arn', 'The role to take when the login''s token offers more than one', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-id' = @('--account-id', 'The AWS account of the pool', '--identity-pool-id', 'The pool''s id, REGION:GUID', '--logins', 'Logins, PROVIDER=TOKEN', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-identity-pool-roles' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-open-id-token' = @('--identity-id', 'The identity''s id, REGION:GUID', '--logins', 'Logins, PROVIDER=TOKEN', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-open-id-token-for-developer-identity' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--identity-id', 'Link the login to this identity, instead of to its own or a new one', '--logins', 'Your provider''s name=the user''s id in your backend', '--principal-tags', 'Session tags to write into the token: tag=value', '--token-duration', 'How many seconds the token is valid', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'get-principal-tag-attribute-map' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--identity-provider-name', 'The provider: cognito-idp.REGION.amazonaws.com/USER_POOL_ID, or the ARN...', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'list-identities' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--max-results', 'Fetch one page of at most so many, as AWS CLI does', '--next-token', 'Fetch the one page that this token of an earlier reply stands for', '--hide-disabled', 'Leave out disabled identities', '--no-hide-disabled', 'The opposite of --hide-disabled', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing', '--starting-token', 'Where to start: the NextToken of an earlier reply', '--page-size', 'How many items to ask for at a time', '--max-items', 'How many items to print in all')
        'list-identity-pools' = @('--max-results', 'Fetch one page of at most so many, as AWS CLI does', '--next-token', 'Fetch the one page that this token of an earlier reply stands for', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing', '--starting-token', 'Where to start: the NextToken of an earlier reply', '--page-size', 'How many items to ask for at a time', '--max-items', 'How many items to print in all')
        'list-tags-for-resource' = @('--resource-arn', 'The pool''s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'lookup-developer-identity' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--identity-id', 'The identity''s id, REGION:GUID', '--developer-user-identifier', 'The user''s id in your own backend', '--max-results', 'Fetch one page of at most so many, as AWS CLI does', '--next-token', 'Fetch the one page that this token of an earlier reply stands for', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing', '--starting-token', 'Where to start: the NextToken of an earlier reply', '--page-size', 'How many items to ask for at a time', '--max-items', 'How many items to print in all')
        'merge-developer-identities' = @('--source-user-identifier', 'The user who moves to the other''s identity', '--destination-user-identifier', 'The user whose identity stays', '--developer-provider-name', 'The name under which your own login stands in --logins', '--identity-pool-id', 'The pool''s id, REGION:GUID', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'set-identity-pool-roles' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--roles', 'The roles'' ARNs, for users (authenticated) and guests (unauthenticated)', '--role-mappings', 'Rules that choose another role, by provider: accounts.google.com, or...', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'set-principal-tag-attribute-map' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--identity-provider-name', 'The provider: cognito-idp.REGION.amazonaws.com/USER_POOL_ID, or the ARN...', '--use-defaults', 'Use the default tags, username and client, instead of --principal-tags', '--no-use-defaults', 'The opposite of --use-defaults', '--principal-tags', 'Session tags: tag=claim of the provider''s token', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'tag-resource' = @('--resource-arn', 'The pool''s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID', '--tags', 'The tags to put on', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'unlink-developer-identity' = @('--identity-id', 'The identity''s id, REGION:GUID', '--identity-pool-id', 'The pool''s id, REGION:GUID', '--developer-provider-name', 'The name under which your own login stands in --logins', '--developer-user-identifier', 'The user''s id in your own backend', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'unlink-identity' = @('--identity-id', 'The identity''s id, REGION:GUID', '--logins', 'Logins, PROVIDER=TOKEN', '--logins-to-remove', 'The providers whose logins to take off', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'untag-resource' = @('--resource-arn', 'The pool''s ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID', '--tag-keys', 'The keys of the tags to take off', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'update-identity-pool' = @('--identity-pool-id', 'The pool''s id, REGION:GUID', '--identity-pool-name', 'A name for the pool, for people to read', '--allow-unauthenticated-identities', 'Whether guests get identities too', '--no-allow-unauthenticated-identities', 'The opposite of --allow-unauthenticated-identities', '--allow-classic-flow', 'Whether get-open-id-token may be used', '--no-allow-classic-flow', 'The opposite of --allow-classic-flow', '--supported-login-providers', 'Public providers, and your app''s id there', '--developer-provider-name', 'A name for your own login', '--open-id-connect-provider-arns', 'The ARNs of OpenID Connect providers in IAM', '--cognito-identity-providers', 'Cognito user pools and their app clients', '--saml-provider-arns', 'The ARNs of SAML providers in IAM', '--identity-pool-tags', 'Labels for the pool', '--cli-input-json', 'Parameters as JSON, or a file:// of it', '--cli-input-yaml', 'Parameters as YAML, or a file:// of it', '--generate-cli-skeleton', 'Print a sample and send nothing')
        'help' = @()
        'completion' = @('--help', 'Show help')
        'local' = @('--help', 'Show help')
        'local serve' = @('--host', 'Address to listen on', '--port', 'Port to listen on', '--db', 'State file', '--trust', 'Check this issuer''s tokens against the keys (JWKS) in a file', '--allow-remote', 'Let other machines connect (see --host)', '--help', 'Show help')
        'local reset' = @('--db', 'State file', '--yes', 'Do not ask', '--help', 'Show help')
        'local path' = @('--db', 'State file', '--help', 'Show help')
        'local env' = @('--db', 'State file', '--shell', 'Shell to word them for', '--help', 'Show help')
    }
    $others = @('help', 'completion', 'local')
    $globalFlags = @('--debug', 'Log what is done to stderr, secrets left out', '--endpoint-url', 'Send requests to this URL', '--no-verify-ssl', 'Do not verify TLS certificates', '--no-paginate', 'Fetch the first page only', '--output', 'How to print the reply', '--query', 'A JMESPath expression that picks from the reply', '--profile', 'The profile to use from the AWS configuration', '--region', 'The region to call', '--version', 'Print the version and stop', '--color', 'When to colour', '--no-sign-request', 'Send the request unsigned, without credentials', '--ca-bundle', 'The CA certificates to verify TLS with', '--cli-read-timeout', 'Seconds to wait for a reply', '--cli-connect-timeout', 'Seconds to wait to connect', '--cli-binary-format', 'How blobs are written', '--no-cli-pager', 'Do not page the output', '--cli-auto-prompt', 'Prompt for flags', '--no-cli-auto-prompt', 'Do not prompt for flags', '--cli-error-format', 'How to print errors', '--local', 'Use the local service: no account, no server', '--local-db', 'The local service''s state file', '--help', 'Show help')
    # How many words a flag takes (0, 1, + or ?), where its values come from, and whether file://
    # may stand for them.
    $kindOf = @{
        'create-identity-pool --developer-provider-name' = @('1', '', 'may')
        '--identity-pool-name' = @('1', '', 'may')
        '--account-id' = @('1', '', 'may')
        '--next-token' = @('1', '', 'may')
        '--developer-user-identifier' = @('1', '', 'may')
        '--source-user-identifier' = @('1', '', 'may')
        '--destination-user-identifier' = @('1', '', 'may')
        '--allow-unauthenticated-identities' = @('0', '', '')
        '--no-allow-unauthenticated-identities' = @('0', '', '')
        '--allow-classic-flow' = @('0', '', '')
        '--no-allow-classic-flow' = @('0', '', '')
        '--debug' = @('0', '', '')
        '--no-verify-ssl' = @('0', '', '')
        '--no-paginate' = @('0', '', '')
        '--version' = @('0', '', '')
        '--no-sign-request' = @('0', '', '')
        '--no-cli-pager' = @('0', '', '')
        '--cli-auto-prompt' = @('0', '', '')
        '--no-cli-auto-prompt' = @('0', '', '')
        '--local' = @('0', '', '')
        '--help' = @('0', '', '')
        '--hide-disabled' = @('0', '', '')
        '--no-hide-disabled' = @('0', '', '')
        '--use-defaults' = @('0', '', '')
        '--no-use-defaults' = @('0', '', '')
        '--allow-remote' = @('0', '', '')
        '--yes' = @('0', '', '')
        '--supported-login-providers' = @('1', 'places', 'likely')
        '--logins' = @('1', 'places', 'likely')
        '--roles' = @('1', 'places', 'likely')
        '--role-mappings' = @('1', 'places', 'likely')
        '--developer-provider-name' = @('1', 'developer-provider', 'may')
        '--open-id-connect-provider-arns' = @('+', '', 'may')
        '--saml-provider-arns' = @('+', '', 'may')
        '--cognito-identity-providers' = @('+', 'places', 'likely')
        '--identity-pool-tags' = @('1', '', 'likely')
        '--cli-input-json' = @('1', '', 'likely')
        '--cli-input-yaml' = @('1', '', 'likely')
        '--principal-tags' = @('1', '', 'likely')
        '--tags' = @('1', '', 'likely')
        '--generate-cli-skeleton' = @('?', '', '')
        '--endpoint-url' = @('1', '', '')
        '--output' = @('1', '', '')
        '--query' = @('1', '', '')
        '--region' = @('1', '', '')
        '--color' = @('1', '', '')
        '--cli-read-timeout' = @('1', '', '')
        '--cli-connect-timeout' = @('1', '', '')
        '--cli-binary-format' = @('1', '', '')
        '--cli-error-format' = @('1', '', '')
        '--token-duration' = @('1', '', '')
        '--max-results' = @('1', '', '')
        '--starting-token' = @('1', '', '')
        '--page-size' = @('1', '', '')
        '--max-items' = @('1', '', '')
        '--host' = @('1', '', '')
        '--port' = @('1', '', '')
        '--shell' = @('1', '', '')
        '--profile' = @('1', 'profiles', '')
        '--ca-bundle' = @('1', 'files', '')
        '--local-db' = @('1', 'files', '')
        '--db' = @('1', 'files', '')
        '--identity-ids-to-delete' = @('+', 'identities', 'may')
        '--identity-pool-id' = @('1', 'pools', 'may')
        '--identity-id' = @('1', 'identities', 'may')
        '--custom-role-arn' = @('1', 'roles', 'may')
        '--identity-provider-name' = @('1', 'providers', 'may')
        '--resource-arn' = @('1', 'pool-arns', 'may')
        '--logins-to-remove' = @('+', 'linked-logins', 'may')
        '--tag-keys' = @('+', 'tag-keys', 'may')
        '--trust' = @('1', 'places', '')
    }
    # The values of a flag, or those at one place inside it; or the source of live ones.
    $valuesOf = @{
        '--supported-login-providers 0' = @('accounts.google.com=', 'Google', 'api.twitter.com=', 'Twitter', 'appleid.apple.com=', 'Apple', 'graph.facebook.com=', 'Facebook', 'www.amazon.com=', 'Amazon')
        '--cognito-identity-providers 0' = @('ProviderName=', 'The provider name for an Amazon Cognito user pool', 'ClientId=', 'The client ID for the Amazon Cognito user pool', 'ServerSideTokenCheck=', 'TRUE if server-side token validation is enabled for the identity...')
        '--cognito-identity-providers ServerSideTokenCheck=' = @('true', '', 'false', '')
        '--generate-cli-skeleton' = @('input', 'the request as JSON', 'yaml-input', 'the request as YAML', 'output', 'a made-up reply')
        '--output' = @('json', 'JSON, indented', 'text', 'lines with tabs, for grep and cut', 'table', 'a drawn table', 'yaml', 'YAML', 'yaml-stream', 'YAML, page by page', 'csv', 'comma-separated, with a header', 'jsonl', 'JSON, one item a line', 'off', 'nothing')
        '--region' = @('af-south-1', 'Africa (Cape Town)', 'ap-east-1', 'Asia Pacific (Hong Kong)', 'ap-east-2', 'Asia Pacific (Taipei)', 'ap-northeast-1', 'Asia Pacific (Tokyo)', 'ap-northeast-2', 'Asia Pacific (Seoul)', 'ap-northeast-3', 'Asia Pacific (Osaka)', 'ap-south-1', 'Asia Pacific (Mumbai)', 'ap-south-2', 'Asia Pacific (Hyderabad)', 'ap-southeast-1', 'Asia Pacific (Singapore)', 'ap-southeast-2', 'Asia Pacific (Sydney)', 'ap-southeast-3', 'Asia Pacific (Jakarta)', 'ap-southeast-4', 'Asia Pacific (Melbourne)', 'ap-southeast-5', 'Asia Pacific (Malaysia)', 'ap-southeast-6', 'Asia Pacific (New Zealand)', 'ap-southeast-7', 'Asia Pacific (Thailand)', 'ca-central-1', 'Canada (Central)', 'ca-west-1', 'Canada West (Calgary)', 'eu-central-1', 'Europe (Frankfurt)', 'eu-central-2', 'Europe (Zurich)', 'eu-north-1', 'Europe (Stockholm)', 'eu-south-1', 'Europe (Milan)', 'eu-south-2', 'Europe (Spain)', 'eu-west-1', 'Europe (Ireland)', 'eu-west-2', 'Europe (London)', 'eu-west-3', 'Europe (Paris)', 'il-central-1', 'Israel (Tel Aviv)', 'me-central-1', 'Middle East (UAE)', 'me-south-1', 'Middle East (Bahrain)', 'mx-central-1', 'Mexico (Central)', 'sa-east-1', 'South America (Sao Paulo)', 'us-east-1', 'US East (N. Virginia)', 'us-east-2', 'US East (Ohio)', 'us-west-1', 'US West (N. California)', 'us-west-2', 'US West (Oregon)', 'cn-north-1', 'China (Beijing)', 'us-gov-east-1', 'AWS GovCloud (US-East)', 'us-gov-west-1', 'AWS GovCloud (US-West)', 'eusc-de-east-1', 'AWS European Sovereign Cloud (Germany)')
        '--color' = @('on', 'always', 'off', 'never', 'auto', 'on a terminal')
        '--cli-binary-format' = @('base64', '', 'raw-in-base64-out', '')
        '--cli-error-format' = @('enhanced', 'a line, with details and hints', 'legacy', 'a line', 'json', '', 'yaml', '', 'text', '', 'table', '')
        '--logins 0' = 'login-keys'
        '--roles 0' = @('authenticated=', 'for users', 'unauthenticated=', 'for guests')
        '--role-mappings 1' = @('Type=', 'The role mapping type', 'AmbiguousRoleResolution=', 'If you specify Token or Rules as the Type, AmbiguousRoleResolution is...', 'RulesConfiguration=', 'The rules to be used for mapping users to roles')
        '--role-mappings Type=' = @('Token', '', 'Rules', '')
        '--role-mappings AmbiguousRoleResolution=' = @('AuthenticatedRole', '', 'Deny', '')
        '--role-mappings 2' = @('Rules=', 'An array of rules')
        '--role-mappings 3' = @('Claim=', 'The claim name that must be present in the token, for example, "isAdmin"...', 'MatchType=', 'The match condition that specifies how closely the claim value in the...', 'Value=', 'A brief string that the claim must match, for example, "paid" or "yes"', 'RoleARN=', 'The role ARN')
        '--role-mappings MatchType=' = @('Equals', '', 'Contains', '', 'StartsWith', '', 'NotEqual', '')
        '--role-mappings 0' = 'mapping-keys'
        '--shell' = @('bash', '', 'zsh', '', 'fish', '', 'powershell', '', 'cmd', '')
        '--roles *=' = 'roles'
        '--trust *=' = 'files'
    }
    # The words that follow a command which is no operation.
    $wordsAfter = @{
        'help' = @('query', 'pick from a reply with --query', 'output', 'the formats of --output, and errors', 'paging', 'long lists: everything, a part, going on', 'credentials', 'where credentials and region come from', 'exit-codes', 'what the number at the end means', 'shorthand', 'maps, lists and structures without JSON', 'local', 'the service on this machine, for trying and tests', 'environment', 'variables and files that are read', 'create-identity-pool', 'Make a pool', 'delete-identities', 'Delete identities, any number of them', 'delete-identity-pool', 'Delete a pool and its identities', 'describe-identity', 'Show an identity''s logins and dates', 'describe-identity-pool', 'Show a pool''s settings', 'get-credentials-for-identity', 'Get temporary AWS credentials', 'get-id', 'Get the identity of a user or guest', 'get-identity-pool-roles', 'Show a pool''s roles and role mappings', 'get-open-id-token', 'Get an OpenID token for STS (classic flow)', 'get-open-id-token-for-developer-identity', 'Register or sign in a user of your own', 'get-principal-tag-attribute-map', 'Show which claims become session tags', 'list-identities', 'List the identities of a pool', 'list-identity-pools', 'List the pools of a region', 'list-tags-for-resource', 'Show a pool''s tags', 'lookup-developer-identity', 'Find an identity by your user id, or back', 'merge-developer-identities', 'Make two of your users one identity', 'set-identity-pool-roles', 'Replace a pool''s roles and role mappings', 'set-principal-tag-attribute-map', 'Choose which claims become session tags', 'tag-resource', 'Put tags on a pool', 'unlink-developer-identity', 'Take one of your users off an identity', 'unlink-identity', 'Take a public login off an identity', 'untag-resource', 'Take tags off a pool', 'update-identity-pool', 'Replace a pool''s settings')
        'completion' = @('bash', '', 'zsh', '', 'fish', '', 'powershell', '')
        'local' = @('serve', 'Serve over HTTP until Ctrl-C', 'reset', 'Delete all local pools, identities and keys', 'path', 'Print where the state is kept', 'env', 'Print the variables that lead any AWS SDK to a running server')
    }

    function Get-Kind([string] $command, [string] $flag) {
        foreach ($key in "$command $flag", $flag) {
            if ($kindOf.ContainsKey($key)) { return $kindOf[$key] }
        }
        return @('', '', '')
    }

    # The text of a word: quotes taken off, and $name looked up. Nothing is run for it.
    function Get-Text($element) {
        if ($element -is [System.Management.Automation.Language.VariableExpressionAst]) {
            $name = $element.VariablePath.UserPath
            return [string] (Get-Variable -Name $name -ValueOnly -ErrorAction Ignore)
        }
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            return $element.Value
        }
        return $element.Extent.Text
    }

    $found = New-Object System.Collections.ArrayList

    function Add-Words([string] $before, [object[]] $pairs) {
        for ($i = 0; $i + 1 -lt $pairs.Count; $i += 2) {
            [void] $found.Add(@(($before + $pairs[$i]), $pairs[$i + 1]))
        }
    }

    function Add-Files([string] $before, [string] $path) {
        $folder = $path -replace '[^/\\]*$', ''
        $where = $folder -replace '^~(?=[/\\])', $HOME
        if (-not $where) { $where = '.' }
        foreach ($item in Get-ChildItem -LiteralPath $where -ErrorAction Ignore) {
            $end = ''
            if ($item.PSIsContainer) { $end = '/' }
            [void] $found.Add(@(($before + $folder + $item.Name + $end), ''))
        }
    }

    # Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
    function Add-Live([string] $before, [string] $source) {
        $program = Get-Text $commandAst.CommandElements[0]
        if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) {
            $program = 'cogid'
        }
        $encoding = [Console]::OutputEncoding
        try {
            [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
            $lines = ($given -join "`n") | & $program completion powershell --values $source 2>$null
        } catch {
            $lines = @()
        } finally {
            [Console]::OutputEncoding = $encoding
        }
        foreach ($line in $lines) {
            $value, $about = $line -split "`t", 2
            [void] $found.Add(@(($before + $value), $about))
        }
    }

    function Add-Values([string] $flag, [string] $head, [string] $tail) {
        $takes, $source, $files = Get-Kind $command $flag
        if (-not $takes -or $takes -eq '0') { return }
        if ($files -and $tail -match '^(fileb?://)(.*)$') {
            Add-Files ($head + $Matches[1]) $Matches[2]
            return
        }
        if ($files -and $tail -like 'fileb*') {
            Add-Words $head @('fileb://', '')
        } elseif ($files -eq 'likely' -or ($files -and $tail)) {
            Add-Words $head @('file://', 'the value is what the file holds')
        }
        $values = $valuesOf[$flag]
        if ($source -eq 'places') {
            if ($tail -match '^[{[]') { return }
            $inner = $tail -replace '^.*[,{[]', ''
            $outer = $tail.Substring(0, $tail.Length - $inner.Length)
            $head += $outer
            $opened = ($outer -replace '[^{]', '').Length
            $place = [string] ($opened - ($outer -replace '[^}]', '').Length)
            if ($inner -match '^([^=]*=)(.*)$') {
                $place = $Matches[1]
                $head += $place
                $inner = $Matches[2]
            }
            $tail = $inner
            $source = ''
            $values = $valuesOf["$flag $place"]
            if ($null -eq $values -and $place.EndsWith('=')) { $values = $valuesOf["$flag *="] }
            if ($values -is [string]) { $source, $values = $values, $null }
        }
        if ($null -ne $values) { Add-Words $head $values }
        if ($source -eq 'files') {
            Add-Files $head $tail
        } elseif ($source) {
            Add-Live $head $source
        }
    }

    $command = ''
    $waiting = ''
    $waits = ''
    $given = @()
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = Get-Text $element
        $given += $word
        if ($word -like '--*=*') {
            $waiting = ''
        } elseif ($word -like '-?*') {
            $waits = (Get-Kind $command $word)[0]
            $waiting = ''
            if ($waits -and $waits -ne '0') { $waiting = $word }
        } elseif ($waiting) {
            if ($waits -ne '+') { $waiting = '' }
        } elseif (-not $command) {
            if ($commands -ccontains $word) { $command = $word }
        } elseif ($wordsAfter.ContainsKey($command)) {
            $command = "$command $word"
        }
    }

    $current = $wordToComplete
    $wantFlags = $false
    if ($current -match '^(--[^=]*)=(.*)$') {
        $flag = $Matches[1]
        Add-Values $flag "$flag=" $Matches[2]
    } elseif ($current -like '-*') {
        $wantFlags = -not ($waiting -and $waits -eq '1')
    } elseif ($waiting) {
        Add-Values $waiting '' $current
        $wantFlags = $waits -ne '1' -and $found.Count -eq 0 -and -not $current
    } elseif (-not $command) {
        Add-Words '' $commands
    } elseif ($wordsAfter.ContainsKey($command)) {
        Add-Words '' $wordsAfter[$command]
    } else {
        $wantFlags = -not $current
    }

    if ($wantFlags) {
        $flags = @()
        if ($flagsOf.ContainsKey($command)) { $flags += $flagsOf[$command] }
        if ($others -notcontains ($command -split ' ')[0]) { $flags += $globalFlags }
        $names = @($given | ForEach-Object { ($_ -split '=', 2)[0] })
        for ($i = 0; $i + 1 -lt $flags.Count; $i += 2) {
            $bare = $flags[$i].Substring(2)
            $same = @("--$bare", "--no-$bare", ('--' + ($bare -replace '^no-', '')))
            if (-not ($same | Where-Object { $names -ccontains $_ })) {
                Add-Words '' @($flags[$i], $flags[$i + 1])
            }
        }
    }

    foreach ($pair in $found) {
        $text, $about = $pair
        if (-not $text.StartsWith($current, [System.StringComparison]::Ordinal)) { continue }
        $typed = $text
        if ($text -notmatch '^[A-Za-z0-9_./:=+-]+$') {
            $typed = "'" + ($text -replace "'", "''") + "'"
        }
        if (-not $about) { $about = $text }
        $type = [System.Management.Automation.CompletionResultType]::ParameterValue
        New-Object System.Management.Automation.CompletionResult $typed, $text, $type, $about
    }
}
