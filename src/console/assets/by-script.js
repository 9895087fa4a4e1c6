// Inside DingTalk: asks the client for a code and hands it over with this page's form. Without one, the other way remains.
(() => {
  const form = document.getElementById('by-script');
  const { corpId, clientId, otherWay } = form.dataset;
  const instead = () => window.location.replace(otherWay);
  const client = window.dd;
  if (!client || typeof client.requestAuthCode !== 'function') return instead();
  const hand = (result) => {
    if (!result || typeof result.code !== 'string') return instead();
    form.elements.code.value = result.code;
    form.submit();
  };
  const asked = client.requestAuthCode({ corpId, clientId, onSuccess: hand, success: hand, onFail: instead, fail: instead });
  // Some versions answer by a promise as well; a code is handed over once.
  if (asked && typeof asked.catch === 'function') asked.catch(instead);
})();
