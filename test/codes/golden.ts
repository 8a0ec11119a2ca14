/** How one text is read: names of the readings in order, each `family/component NAME`; `fields` as SRCNX facility code. */
export type Golden = {
  text: string;
  bare?: boolean;
  value: string | null;
  readings: string[];
  /** Names that belong to the first reading. */
  alsoKnownAs?: string[];
  fields?: string;
  suggestions?: string[];
  extend?: string;
};

const bare = true;

/** The worked examples of the decode rules. */
export const goldens: Golden[] = [
  {
    text: "5",
    bare,
    value: "0x00000005",
    readings: [
      "win32/win32 ERROR_ACCESS_DENIED",
      "other/devprob CM_PROB_LACKED_ARBITRATOR",
      "other/ldap LDAP_COMPARE_FALSE",
    ],
  },
  {
    text: "0x5",
    bare,
    value: "0x00000005",
    readings: [
      "win32/win32 ERROR_ACCESS_DENIED",
      "bugcheck/bugcheck INVALID_PROCESS_ATTACH_ATTEMPT",
      "other/devprob CM_PROB_LACKED_ARBITRATOR",
    ],
  },
  { text: "1603", bare, value: "0x00000643", readings: ["msi/msi ERROR_INSTALL_FAILURE"] },
  {
    text: "12029",
    bare,
    value: "0x00002EFD",
    readings: ["wininet/wininet ERROR_INTERNET_CANNOT_CONNECT"],
    alsoKnownAs: ["ERROR_WINHTTP_CANNOT_CONNECT"],
  },
  {
    text: "1722",
    bare,
    value: "0x000006BA",
    readings: ["win32/win32 RPC_S_SERVER_UNAVAILABLE", "win32/win32 ERROR_CLUSTER_PARTIAL_WRITE"],
  },
  { text: "3010", bare, value: "0x00000BC2", readings: ["msi/msi ERROR_SUCCESS_REBOOT_REQUIRED"] },
  ...["-2147024891", "2147942405", "80070005", "0x80070005", "0xFFFFFFFF80070005"].map((text) => ({
    text,
    bare,
    value: "0x80070005",
    readings: ["hresult/hresult E_ACCESSDENIED"],
    alsoKnownAs: ["ERROR_ACCESS_DENIED"],
    fields: "10000 7 WIN32 5",
  })),
  {
    text: "0x80070643",
    bare,
    value: "0x80070643",
    readings: ["hresult/msi ERROR_INSTALL_FAILURE"],
    fields: "10000 7 WIN32 1603",
  },
  {
    text: "0x800706BA",
    bare,
    value: "0x800706BA",
    readings: ["hresult/win32 RPC_S_SERVER_UNAVAILABLE"],
    fields: "10000 7 WIN32 1722",
  },
  {
    text: "0x80072EFD",
    bare,
    value: "0x80072EFD",
    readings: ["hresult/hresult WININET_E_CANNOT_CONNECT"],
    alsoKnownAs: ["ERROR_INTERNET_CANNOT_CONNECT", "ERROR_WINHTTP_CANNOT_CONNECT"],
    fields: "10000 7 WIN32 12029",
  },
  {
    text: "0x7B",
    bare,
    value: "0x0000007B",
    readings: ["bugcheck/bugcheck INACCESSIBLE_BOOT_DEVICE", "win32/win32 ERROR_INVALID_NAME"],
  },
  {
    text: "STOP: 0x0000007B",
    value: "0x0000007B",
    readings: ["bugcheck/bugcheck INACCESSIBLE_BOOT_DEVICE", "win32/win32 ERROR_INVALID_NAME"],
  },
  {
    text: "pantalla azul 0x000000D1",
    value: "0x000000D1",
    readings: [
      "bugcheck/bugcheck DRIVER_IRQL_NOT_LESS_OR_EQUAL",
      "win32/win32 ERROR_INVALID_SIGNAL_NUMBER",
    ],
  },
  {
    text: "123",
    bare,
    value: "0x0000007B",
    readings: [
      "win32/win32 ERROR_INVALID_NAME",
      "bugcheck/bugcheck INACCESSIBLE_BOOT_DEVICE",
      "bugcheck/bugcheck CRYPTO_SELF_TEST_FAILURE",
    ],
  },
  {
    text: "0xC0000005",
    bare,
    value: "0xC0000005",
    readings: [
      "ntstatus/ntstatus STATUS_ACCESS_VIOLATION",
      "other/usbd USBD_STATUS_DEV_NOT_RESPONDING",
    ],
    fields: "11000 0 NULL 5",
  },
  {
    text: "exit code -1073741819",
    value: "0xC0000005",
    readings: [
      "ntstatus/ntstatus STATUS_ACCESS_VIOLATION",
      "other/usbd USBD_STATUS_DEV_NOT_RESPONDING",
    ],
    fields: "11000 0 NULL 5",
  },
  {
    text: "0xC0000022",
    bare,
    value: "0xC0000022",
    readings: ["ntstatus/ntstatus STATUS_ACCESS_DENIED"],
    fields: "11000 0 NULL 34",
  },
  {
    text: "0xD0000022",
    bare,
    value: "0xD0000022",
    readings: ["hresult/ntstatus STATUS_ACCESS_DENIED"],
    fields: "11010 0 NULL 34",
  },
  {
    text: "blue screen 0xC000021A",
    value: "0xC000021A",
    readings: [
      "bugcheck/bugcheck WINLOGON_FATAL_ERROR",
      "ntstatus/ntstatus STATUS_SYSTEM_PROCESS_TERMINATED",
    ],
    fields: "11000 0 NULL 538",
  },
  {
    text: "printer error 0x0000011b",
    value: "0x0000011B",
    readings: ["other/print null", "bugcheck/bugcheck DRIVER_RETURNED_HOLDING_CANCEL_LOCK"],
  },
  {
    text: "la impresora da 0x00000709",
    value: "0x00000709",
    readings: ["win32/win32 ERROR_INVALID_PRINTER_NAME"],
  },
  {
    text: "printer error 00000bcb",
    value: "0x00000BCB",
    readings: ["win32/win32 ERROR_PRINTER_DRIVER_DOWNLOAD_NEEDED"],
  },
  {
    text: "0x80090311",
    bare,
    value: "0x80090311",
    readings: ["hresult/hresult SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    fields: "10000 9 SSPI/SECURITY 785",
  },
  {
    text: "0x8024402C",
    bare,
    value: "0x8024402C",
    readings: ["hresult/wu WU_E_PT_WINHTTP_NAME_NOT_RESOLVED"],
    fields: "10000 36 WINDOWSUPDATE 16428",
  },
  {
    text: "800f081f",
    bare,
    value: "0x800F081F",
    readings: ["hresult/cbs CBS_E_SOURCE_MISSING"],
    fields: "10000 15 SETUPAPI 2079",
  },
  {
    text: "0x800F0954",
    bare,
    value: "0x800F0954",
    readings: ["hresult/cbs CBS_E_INVALID_WINDOWS_UPDATE_COUNT_WSUS"],
    fields: "10000 15 SETUPAPI 2388",
  },
  {
    text: "0xC004F074",
    bare,
    value: "0xC004F074",
    readings: ["hresult/sl SL_E_VL_BINDING_SERVICE_UNAVAILABLE"],
    fields: "11000 4 ITF 61556",
  },
  {
    text: "0xC1900101 - 0x20017",
    bare,
    value: "0xC1900101",
    readings: ["hresult/mosetup MOSETUP_E_SETUP_PLATFORM"],
    fields: "11000 400 null 257",
    extend: "SAFE_OS BOOT",
  },
  {
    text: "0xC1900107",
    bare,
    value: "0xC1900107",
    readings: ["hresult/mosetup MOSETUP_E_CLEANUP_PENDING"],
    fields: "11000 400 null 263",
  },
  {
    text: "0x80180014",
    bare,
    value: "0x80180014",
    readings: ["hresult/hresult MENROLL_E_DEVICENOTSUPPORTED"],
    fields: "10000 24 null 20",
  },
  {
    text: "AADSTS50126",
    bare,
    value: "0x0000C3CE",
    readings: ["other/aadsts AADSTS50126"],
    alsoKnownAs: ["InvalidUserNameOrPassword"],
  },
  {
    text: "Device Manager (Code 43)",
    value: "0x0000002B",
    readings: [
      "other/devprob CM_PROB_FAILED_POST_START",
      "win32/win32 ERROR_BAD_NET_NAME",
      "bugcheck/bugcheck PANIC_STACK_SWITCH",
    ],
  },
  {
    text: "VPN error 691",
    value: "0x000002B3",
    readings: ["ras/ras ERROR_AUTHENTICATION_FAILURE", "win32/win32 ERROR_DBG_TERMINATE_THREAD"],
  },
  {
    text: "LDAP error 49",
    value: "0x00000031",
    readings: ["other/ldap LDAP_INVALID_CREDENTIALS", "other/devprob CM_PROB_REGISTRY_TOO_LARGE"],
  },
  {
    text: "0x80190194",
    bare,
    value: "0x80190194",
    readings: ["hresult/hresult HTTP_E_STATUS_NOT_FOUND", "other/http null"],
    alsoKnownAs: ["BG_E_HTTP_ERROR_404"],
    fields: "10000 25 HTTP 404",
  },
  {
    text: "0x00041301",
    bare,
    value: "0x00041301",
    readings: ["hresult/hresult SCHED_S_TASK_RUNNING"],
    fields: "00000 4 ITF 4865",
  },
  {
    text: "ESENT error -1018",
    value: "0xFFFFFC06",
    readings: ["other/esent JET_errReadVerifyFailure"],
  },
  {
    text: "0xE0434352",
    bare,
    value: "0xE0434352",
    readings: ["other/clr-exception EXCEPTION_COMPLUS"],
    fields: "11100 67 null 17234",
  },
  {
    text: "0xCAA82EE2",
    bare,
    value: "0xCAA82EE2",
    readings: ["hresult/winhttp ERROR_WINHTTP_TIMEOUT"],
    alsoKnownAs: ["ERROR_INTERNET_TIMEOUT"],
    fields: "11001 2728 null 12002",
  },
  { text: "0x87D1041C", bare, value: "0x87D1041C", readings: [], fields: "10000 2001 null 1052" },
  {
    text: "0x887A0005",
    bare,
    value: "0x887A0005",
    readings: ["hresult/hresult DXGI_ERROR_DEVICE_REMOVED"],
    fields: "10001 2170 DXGI 5",
  },
  {
    text: "0x80004005",
    bare,
    value: "0x80004005",
    readings: ["hresult/hresult E_FAIL"],
    alsoKnownAs: ["MAPI_E_CALL_FAILED"],
    fields: "10000 0 NULL 16389",
  },
  {
    text: "0x80040154",
    bare,
    value: "0x80040154",
    readings: ["hresult/hresult REGDB_E_CLASSNOTREG"],
    alsoKnownAs: ["DIERR_DEVICENOTREG"],
    fields: "10000 4 ITF 340",
  },
  {
    text: "0xC00D11B1",
    bare,
    value: "0xC00D11B1",
    readings: ["hresult/hresult NS_E_WMP_FILE_OPEN_FAILED"],
    fields: "11000 13 MEDIASERVER 4529",
  },
  { text: "0x8007005", bare, value: null, readings: [], suggestions: ["E_ACCESSDENIED"] },
  {
    text: "0x805080211",
    bare,
    value: null,
    readings: [],
    suggestions: [
      "APPX_E_INVALID_PACKAGING_LAYOUT",
      "ERROR_MP_DUPLICATE_SCANID",
      "ERROR_MP_QUARANTINE_FAILED",
    ],
  },
  {
    text: "SEC_E_NO_AUTHENTICATING_AUTHORITY",
    bare,
    value: "0x80090311",
    readings: ["hresult/hresult SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    fields: "10000 9 SSPI/SECURITY 785",
  },
  { text: "0xdeadbeef", bare, value: "0xDEADBEEF", readings: [], fields: "11011 3757 null 48879" },
];
