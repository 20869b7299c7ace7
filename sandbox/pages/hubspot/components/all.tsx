import { createController } from '@remote-ui/react/host';
import type { ReactNode } from 'react';
import { Button, LoadingButton } from './buttons.tsx';
import type { DrawnAll } from './drawn.ts';
import { Dropdown, DropdownButtonItem } from './dropdown.tsx';
import { Alert, EmptyState, ErrorState, LoadingSpinner, ProgressBar } from './feedback.tsx';
import { Input, Select, TextArea } from './inputs.tsx';
import { Divider, Flex, Tile } from './layout.tsx';
import { Modal, ModalBody, ModalFooter } from './overlay.tsx';
import { Accordion, Checkbox, Toggle } from './switches.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table.tsx';
import { Heading, Image, Link, List, StatusTag, Tag, Text } from './text.tsx';

const drawn: DrawnAll = {
  Accordion,
  Alert,
  Button,
  Checkbox,
  Divider,
  Dropdown,
  EmptyState,
  ErrorState,
  Flex,
  Heading,
  Image,
  Input,
  Link,
  List,
  LoadingButton,
  LoadingSpinner,
  Modal,
  ModalBody,
  ModalFooter,
  ProgressBar,
  Select,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Tag,
  Text,
  TextArea,
  Tile,
  Toggle,
};

/** A component this page does not draw is seen, on screen and by tests, rather than missed. */
const notDrawn =
  (name: string) =>
  ({ children }: { children?: ReactNode }) => (
    <div className="hs-unimplemented" data-unimplemented={name} role="alert">
      {`This page does not draw ${name}`}
      {children}
    </div>
  );

export const controller = createController(
  new Proxy<Parameters<typeof createController>[0]>(
    { ...drawn, DropdownButtonItem },
    { get: (known, name: string) => known[name] ?? notDrawn(name) },
  ),
);
