// Gets credentials as a web or node application does, and prints them or the error as JSON.
// Arguments: endpoint, identity pool id, logins as JSON ("{}" for a guest).
const { fromCognitoIdentityPool } = require("@aws-sdk/credential-providers");

const [endpoint, identityPoolId, logins] = process.argv.slice(2);

const provider = fromCognitoIdentityPool({
  identityPoolId,
  logins: JSON.parse(logins),
  clientConfig: { region: identityPoolId.split(":")[0], endpoint, maxAttempts: 1 },
});

provider().then(
  (credentials) => console.log(JSON.stringify(credentials)),
  (error) => console.log(JSON.stringify({ error: error.name, message: error.message })),
);
